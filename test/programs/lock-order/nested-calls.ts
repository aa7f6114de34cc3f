// finds: accounts, journal. One function calls the other while it holds its lock
import { spawn, sleep, Mutex } from "concurrency-playground";

const accounts = new Mutex();
const journal = new Mutex();
function note() { journal.withLock(() => {}); }
function pay() { accounts.withLock(note); }
function audit() { sleep(150); journal.withLock(() => accounts.withLock(() => {})); }
const tasks = [spawn(pay), spawn(audit)];
for (const task of tasks) task.join();

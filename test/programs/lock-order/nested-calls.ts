// finds: accounts, journal. One function calls the other while it holds its lock
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const accounts = new Mutex();
const journal = new Mutex();
const over = new Semaphore(0);
function note() { journal.withLock(() => {}); }
function pay() { accounts.withLock(note); over.release(); }
function audit() { while (over.available === 0) sleep(1); journal.withLock(() => accounts.withLock(() => {})); }
const tasks = [spawn(pay), spawn(audit)];
for (const task of tasks) task.join();

// races: seen. The one reads after the other, and unlockRead orders no later lockRead
import { spawn, sleep, shared, ReadWriteLock, Semaphore } from "concurrency-playground";

let seen = shared(0);
const table = new ReadWriteLock();
const over = new Semaphore(0);
function first() { table.withRead(() => { seen = 7; }); over.release(); }
function second() { while (over.available === 0) sleep(1); table.withRead(() => console.log(seen)); }
const tasks = [spawn(first), spawn(second)];
for (const task of tasks) task.join();

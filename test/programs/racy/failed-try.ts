// races: n. A try that failed gives no lock
import { spawn, sleep, shared, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
function holder() { lock.lock(); n++; sleep(200); lock.unlock(); }
function impatient() { sleep(60); if (!lock.tryLock()) n++; else { n++; lock.unlock(); } }
const tasks = [spawn(holder), spawn(impatient)];
for (const task of tasks) task.join();
console.log(n);

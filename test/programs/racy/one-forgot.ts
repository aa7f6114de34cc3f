// races: n. Three of four use the lock
import { spawn, shared, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
function careful() { lock.withLock(() => { n++; }); }
function careless() { n++; }
const tasks = [spawn(careful), spawn(careful), spawn(careless), spawn(careful)];
for (const task of tasks) task.join();

// races: total. Modes: both
import { spawn, sharedMemory, Mutex, Semaphore } from "concurrency-playground";

let total = sharedMemory(0);
const a = new Mutex();
const b = new Semaphore(1);
function one() { a.withLock(() => { total += 1; }); }
function two() { b.withPermit(() => { total += 2; }); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// Two orders of two locks, but the second only after the first has stored the flag
import { spawn, yieldNow, Mutex, Atomic } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const over = new Atomic(0);
function one() { left.withLock(() => right.withLock(() => {})); over.store(1); }
function two() { while (over.load() === 0) yieldNow(); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// Two orders of two locks, but the second only after the first has set the state
import { spawn, Mutex, Atomic } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const over = new Atomic(0);
function one() { left.withLock(() => right.withLock(() => {})); over.store(1); over.notify(); }
function two() { over.wait(0); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// finds: left, right. The gate protects only if both take it
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const gate = new Mutex();
const left = new Mutex();
const right = new Mutex();
const over = new Semaphore(0);
function one() { gate.withLock(() => left.withLock(() => right.withLock(() => {}))); over.release(); }
function two() { while (over.available === 0) sleep(1); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

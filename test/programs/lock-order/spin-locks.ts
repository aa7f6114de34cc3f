// finds: left, right
import { spawn, sleep, SpinLock, Semaphore } from "concurrency-playground";

const left = new SpinLock();
const right = new SpinLock();
const over = new Semaphore(0);
function one() { left.withLock(() => right.withLock(() => {})); over.release(); }
function two() { while (over.available === 0) sleep(1); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

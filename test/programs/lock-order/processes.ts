// finds: a, b. Modes: both. Across processes in any mode
import { sleep, Mutex, Process, Semaphore } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
const over = new Semaphore(0);
function one() { a.withLock(() => b.withLock(() => {})); over.release(); }
function two() { while (over.available === 0) sleep(1); b.withLock(() => a.withLock(() => {})); }
const tasks = [Process.spawn(one), Process.spawn(two)];
for (const task of tasks) task.join();

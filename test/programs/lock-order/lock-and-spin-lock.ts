// finds: mutex, spin. Two kinds
import { spawn, sleep, Mutex, SpinLock, Semaphore } from "concurrency-playground";

const mutex = new Mutex();
const spin = new SpinLock();
const over = new Semaphore(0);
function one() { mutex.withLock(() => spin.withLock(() => {})); over.release(); }
function two() { while (over.available === 0) sleep(1); spin.withLock(() => mutex.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

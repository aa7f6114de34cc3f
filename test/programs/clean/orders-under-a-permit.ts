// The gate is a semaphore of one
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const gate = new Semaphore(1);
const left = new Mutex();
const right = new Mutex();
const over = new Semaphore(0);
function one() { gate.withPermit(() => left.withLock(() => right.withLock(() => {}))); over.release(); }
function two() { while (over.available === 0) sleep(1); gate.withPermit(() => right.withLock(() => left.withLock(() => {}))); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// finds: left, right. One after the other this time, yet nothing orders them
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const over = new Semaphore(0);
function leftFirst() { left.withLock(() => right.withLock(() => {})); over.release(); }
function rightFirst() { while (over.available === 0) sleep(1); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

// finds: left, right. Both only read the outer lock, which keeps nobody out
import { spawn, sleep, Mutex, ReadWriteLock, Semaphore } from "concurrency-playground";

const outer = new ReadWriteLock();
const left = new Mutex();
const right = new Mutex();
const over = new Semaphore(0);
function leftFirst() { outer.withRead(() => left.withLock(() => right.withLock(() => {}))); over.release(); }
function rightFirst() { while (over.available === 0) sleep(1); outer.withRead(() => right.withLock(() => left.withLock(() => {}))); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

// finds: left, right. The semaphore has permits for both at once
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const room = new Semaphore(2);
const left = new Mutex();
const right = new Mutex();
const over = new Semaphore(0);
function leftFirst() { room.withPermit(() => left.withLock(() => right.withLock(() => {}))); over.release(); }
function rightFirst() { while (over.available === 0) sleep(1); room.withPermit(() => right.withLock(() => left.withLock(() => {}))); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

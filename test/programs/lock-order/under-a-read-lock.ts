// finds: left, right. Both only read the outer lock, which keeps nobody out
import { spawn, sleep, Mutex, ReadWriteLock } from "concurrency-playground";

const outer = new ReadWriteLock();
const left = new Mutex();
const right = new Mutex();
function leftFirst() { outer.withRead(() => left.withLock(() => right.withLock(() => {}))); }
function rightFirst() { sleep(150); outer.withRead(() => right.withLock(() => left.withLock(() => {}))); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

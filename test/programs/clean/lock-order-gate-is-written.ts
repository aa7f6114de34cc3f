// The gate is a read-write lock that one of the two holds for writing
import { spawn, ReadWriteLock, Mutex } from "concurrency-playground";

const gate = new ReadWriteLock();
const left = new Mutex();
const right = new Mutex();
function leftFirst() { gate.withRead(() => left.withLock(() => right.withLock(() => {}))); }
function rightFirst() { gate.withWrite(() => right.withLock(() => left.withLock(() => {}))); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

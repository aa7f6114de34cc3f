// Two orders of two locks, but never without the gate
import { spawn, Mutex } from "concurrency-playground";

const gate = new Mutex();
const left = new Mutex();
const right = new Mutex();
function leftFirst() { gate.withLock(() => left.withLock(() => right.withLock(() => {}))); }
function rightFirst() { gate.withLock(() => right.withLock(() => left.withLock(() => {}))); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

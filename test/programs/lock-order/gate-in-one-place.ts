// finds: left, right. The gate protects only if both take it
import { spawn, sleep, Mutex } from "concurrency-playground";

const gate = new Mutex();
const left = new Mutex();
const right = new Mutex();
function one() { gate.withLock(() => left.withLock(() => right.withLock(() => {}))); }
function two() { sleep(150); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

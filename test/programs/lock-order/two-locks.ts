// finds: left, right. One after the other this time, yet nothing orders them
import { spawn, sleep, Mutex } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
function leftFirst() { left.withLock(() => right.withLock(() => {})); }
function rightFirst() { sleep(150); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

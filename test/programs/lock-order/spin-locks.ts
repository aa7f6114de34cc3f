// finds: left, right
import { spawn, sleep, SpinLock } from "concurrency-playground";

const left = new SpinLock();
const right = new SpinLock();
function one() { left.withLock(() => right.withLock(() => {})); }
function two() { sleep(150); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// Two orders of two locks; who takes them in the second comes after a flag that is set after another flag
import { spawn, yieldNow, Mutex, Atomic } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const first = new Atomic(0);
const second = new Atomic(0);
function one() { left.withLock(() => right.withLock(() => {})); first.store(1); }
function between() { while (first.load() === 0) yieldNow(); second.store(1); }
function two() { while (second.load() === 0) yieldNow(); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(between), spawn(two)];
for (const task of tasks) task.join();

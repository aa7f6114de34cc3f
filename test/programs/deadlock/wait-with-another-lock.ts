// waits: changed, outer. wait() gives back its own mutex only
import { spawn, Mutex, Condition, Latch } from "concurrency-playground";

const outer = new Mutex();
const inner = new Mutex();
const changed = new Condition(inner);
const waits = new Latch(1);
function one() { outer.lock(); inner.lock(); waits.countDown(); changed.wait(); inner.unlock(); outer.unlock(); }
function two() { waits.wait(); outer.withLock(() => inner.withLock(() => changed.notify())); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

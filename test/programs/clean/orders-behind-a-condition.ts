// Two orders of two locks, but the second only when the first is over
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const lock = new Mutex();
const changed = new Condition(lock);
let over = sharedMemory(false);
function one() { left.withLock(() => right.withLock(() => {})); lock.withLock(() => { over = true; changed.notifyAll(); }); }
function two() {
  lock.withLock(() => changed.waitUntil(() => over));
  right.withLock(() => left.withLock(() => {}));
}
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

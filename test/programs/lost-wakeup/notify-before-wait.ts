// finds: ready. The notify comes before the wait, and nobody keeps it
import { spawn, Mutex, Condition, Latch } from "concurrency-playground";

const lock = new Mutex();
const ready = new Condition(lock);
const told = new Latch(1);
function work() {
  told.wait();
  lock.withLock(() => { ready.wait(); });
}
function tell() {
  lock.withLock(() => ready.notify());
  told.countDown();
}
const tasks = [spawn(work), spawn(tell)];
for (const task of tasks) task.join();

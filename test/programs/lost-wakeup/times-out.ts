// finds: ready. It does not wait for ever, but for its whole time
import { spawn, Mutex, Condition, Latch } from "concurrency-playground";

const lock = new Mutex();
const ready = new Condition(lock);
const told = new Latch(1);
function work() {
  told.wait();
  lock.withLock(() => { ready.wait(100); });
}
function tell() {
  lock.withLock(() => ready.notifyAll());
  told.countDown();
}
const tasks = [spawn(work), spawn(tell)];
for (const task of tasks) task.join();

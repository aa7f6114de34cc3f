// notify needs no mutex, and orders by itself
import { spawn, shared, Mutex, Condition, Atomic } from "concurrency-playground";

let data = shared(0);
const lock = new Mutex();
const changed = new Condition(lock);
const waiting = new Atomic(0);
function waiter() {
  lock.lock();
  waiting.store(1);
  changed.wait();
  lock.unlock();
  console.log(data);
}
function notifier() {
  while (waiting.load() === 0);
  lock.withLock(() => {});
  data = 1;
  changed.notify();
}
const tasks = [spawn(waiter), spawn(notifier)];
for (const task of tasks) task.join();

// Looks, waits a little, looks again: no notify is missed for long, none is lost
import { spawn, sleep, sharedMemory, Mutex, Condition } from "concurrency-playground";

let done = sharedMemory(false);
const lock = new Mutex();
const changed = new Condition(lock);
function watch() {
  lock.lock();
  changed.notifyAll();
  while (!done) changed.wait(5);
  lock.unlock();
}
function work() {
  lock.withLock(() => changed.notifyAll());
  sleep(60);
  lock.withLock(() => { done = true; changed.notifyAll(); });
}
const tasks = [spawn(watch), spawn(watch), spawn(work)];
for (const task of tasks) task.join();

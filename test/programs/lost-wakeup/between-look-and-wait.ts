// finds: changed. The notify does not hold the mutex, and falls between the look and the wait
import { spawn, sleep, Mutex, Condition, Atomic } from "concurrency-playground";

const lock = new Mutex();
const changed = new Condition(lock);
const ready = new Atomic(0);
const looked = new Atomic(0);
function work() {
  lock.lock();
  while (ready.load() === 0) {
    looked.store(1);
    sleep(300);
    changed.wait();
  }
  lock.unlock();
}
function tell() {
  while (looked.load() === 0) sleep(1);
  ready.store(1);
  changed.notify();
}
const tasks = [spawn(work), spawn(tell)];
for (const task of tasks) task.join();

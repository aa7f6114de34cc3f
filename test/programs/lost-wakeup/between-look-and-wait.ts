// finds: changed. The notify does not hold the mutex, and falls between the look and the wait
import { spawn, sleep, Mutex, Condition, Atomic, Semaphore } from "concurrency-playground";

const lock = new Mutex();
const changed = new Condition(lock);
const ready = new Atomic(0);
const looked = new Atomic(0);
const over = new Semaphore(0);
function work() {
  lock.lock();
  while (ready.load() === 0) {
    looked.store(1);
    while (over.available === 0) sleep(1);
    changed.wait();
  }
  lock.unlock();
}
function tell() {
  while (looked.load() === 0) sleep(1);
  ready.store(1);
  changed.notify();
  over.release();
}
const tasks = [spawn(work), spawn(tell)];
for (const task of tasks) task.join();

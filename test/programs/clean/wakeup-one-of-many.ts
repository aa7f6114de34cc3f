// notify() wakes one of several that wait for the same: the others are woken in their turn
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

let free = sharedMemory(1);
const lock = new Mutex();
const changed = new Condition(lock);
function use() {
  for (let i = 0; i < 4; i++) {
    lock.lock();
    while (free === 0) changed.wait();
    free--;
    lock.unlock();
    lock.lock();
    free++;
    changed.notify();
    lock.unlock();
  }
}
const tasks = [spawn(use), spawn(use), spawn(use)];
for (const task of tasks) task.join();

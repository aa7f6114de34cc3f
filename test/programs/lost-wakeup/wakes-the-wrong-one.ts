// finds: changed. One condition for two things, and notify() instead of notifyAll()
import { spawn, sleep, sharedMemory, Mutex, Condition, Atomic } from "concurrency-playground";

let tea = sharedMemory(0);
let milk = sharedMemory(0);
const lock = new Mutex();
const changed = new Condition(lock);
const waiting = new Atomic(0);
function wantsTea() {
  lock.lock();
  waiting.add(1);
  while (tea === 0) changed.wait();
  tea--;
  lock.unlock();
}
function wantsMilk() {
  while (waiting.load() === 0) sleep(1);
  lock.lock();
  waiting.add(1);
  while (milk === 0) changed.wait();
  lock.unlock();
}
function brings() {
  while (waiting.load() < 2) sleep(1);
  lock.lock();
  milk = 1;
  changed.notify();
  lock.unlock();
}
const tasks = [spawn(wantsTea), spawn(wantsMilk), spawn(brings)];
for (const task of tasks) task.join();

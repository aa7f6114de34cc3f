// finds: n. What was read before a wait is old after it, though the notify orders the two
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

let n = sharedMemory(0);
let turn = sharedMemory(0);
const lock = new Mutex();
const changed = new Condition(lock);
function first() {
  lock.lock();
  const seen = n;
  turn = 1;
  changed.notifyAll();
  while (turn !== 2) changed.wait();
  n = seen + 1;
  lock.unlock();
}
function second() {
  lock.lock();
  while (turn !== 1) changed.wait();
  n = n + 1;
  turn = 2;
  changed.notifyAll();
  lock.unlock();
}
const tasks = [spawn(first), spawn(second)];
for (const task of tasks) task.join();
console.log(n);

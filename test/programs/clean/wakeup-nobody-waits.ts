// Notifies that wake nobody are normal where who comes later looks first
import { spawn, sleep, sharedMemory, Mutex, Condition } from "concurrency-playground";

let items = sharedMemory(0);
const lock = new Mutex();
const filled = new Condition(lock);
function produce() {
  for (let i = 0; i < 5; i++) {
    lock.withLock(() => { items++; filled.notify(); });
    if (i === 2) sleep(50);
  }
}
function consume() {
  sleep(20);
  for (let i = 0; i < 5; i++) {
    lock.withLock(() => {
      filled.waitUntil(() => items > 0);
      items--;
    });
  }
}
const tasks = [spawn(produce), spawn(consume)];
for (const task of tasks) task.join();

import { spawn, yieldNow, shared, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
function work() {
  for (let i = 0; i < 5; i++) {
    while (!lock.tryLock()) yieldNow();
    n++;
    lock.unlock();
  }
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(n, lock.owner);

// using, tryLock with a time
import { spawn, shared, Mutex } from "concurrency-playground";

let counter = shared(0);
const lock = new Mutex();
function add() {
  for (let i = 0; i < 20; i++) {
    { using guard = lock.guard(); void guard; counter++; }
    if (lock.tryLock(2000)) { counter++; lock.unlock(); }
  }
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

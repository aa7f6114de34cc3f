// races: n
import { spawn, shared, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
function work() {
  lock.lock();
  const seen = n;
  lock.unlock();
  n = seen + 1;
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

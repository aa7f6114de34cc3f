// races: n. The guard covers the reading only
import { spawn, shared, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
function work() {
  let seen: number;
  { using guard = lock.guard(); void guard; seen = n; }
  n = seen + 1;
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

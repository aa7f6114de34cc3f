// races: n. A lock made in the function is another one in every call
import { spawn, shared, Mutex } from "concurrency-playground";

let n = shared(0);
function work() {
  const lock = new Mutex();
  lock.withLock(() => { n++; });
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// What is said about a task touches no memory
import { spawn, self, yieldNow, mark, shared, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex("the lock");
function work(me: number) {
  self().name = `worker ${me}`;
  mark("begins");
  lock.withLock(() => { n++; });
  yieldNow();
  mark("ends");
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

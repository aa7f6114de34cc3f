// The value read first is not what the write is made from
import { spawn, sharedMemory, Mutex } from "concurrency-playground";

let n = sharedMemory(0);
const lock = new Mutex();
function work() {
  console.log(lock.withLock(() => n));
  lock.withLock(() => { n = n + 1; });
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

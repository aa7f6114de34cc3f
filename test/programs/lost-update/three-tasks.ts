// finds: n. Three have read the same
import { spawn, yieldNow, sharedMemory, Atomic, Mutex } from "concurrency-playground";

let n = sharedMemory(0);
const lock = new Mutex();
const haveRead = new Atomic(0);
function work() {
  const seen = lock.withLock(() => n);
  haveRead.add(1);
  while (haveRead.load() < 3) yieldNow();
  lock.withLock(() => { n = seen + 1; });
}
const tasks = [spawn(work), spawn(work), spawn(work)];
for (const task of tasks) task.join();

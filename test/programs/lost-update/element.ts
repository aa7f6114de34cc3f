// finds: cells. Of an array under a lock
import { spawn, yieldNow, sharedMemory, Atomic, Mutex } from "concurrency-playground";

const cells = sharedMemory([1, 2, 3]);
const lock = new Mutex();
const haveRead = new Atomic(0);
function work() {
  const seen = lock.withLock(() => cells[1]!);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  lock.withLock(() => { cells[1] = seen * 2; });
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

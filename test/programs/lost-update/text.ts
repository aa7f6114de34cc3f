// finds: log. A text is made longer outside the lock
import { spawn, yieldNow, sharedMemory, Atomic, Mutex } from "concurrency-playground";

let log = sharedMemory("");
const lock = new Mutex();
const haveRead = new Atomic(0);
function work(me: number) {
  const seen = lock.withLock(() => log);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  lock.withLock(() => { log = seen + me; });
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

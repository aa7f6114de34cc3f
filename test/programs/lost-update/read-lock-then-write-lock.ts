// finds: stock. Between the two locks another task writes
import { spawn, yieldNow, sharedMemory, Atomic, ReadWriteLock } from "concurrency-playground";

let stock = sharedMemory(10);
const lock = new ReadWriteLock();
const haveRead = new Atomic(0);
function work() {
  const seen = lock.withRead(() => stock);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  lock.withWrite(() => { stock = seen - 1; });
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

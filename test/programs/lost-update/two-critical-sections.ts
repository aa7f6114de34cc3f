// finds: balance. Each step is under the lock, the update of both is not
import { spawn, yieldNow, sharedMemory, Atomic, Mutex } from "concurrency-playground";

let balance = sharedMemory(100);
const lock = new Mutex();
const haveRead = new Atomic(0);
function deposit() {
  const seen = lock.withLock(() => balance);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  lock.withLock(() => { balance = seen + 10; });
}
const tasks = [spawn(deposit), spawn(deposit)];
for (const task of tasks) task.join();

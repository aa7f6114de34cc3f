// finds: total. Modes: threads. Locked twice, once would have been enough
import { spawn, yieldNow, shared, Atomic, SpinLock } from "concurrency-playground";

let total = shared(0);
const lock = new SpinLock();
const haveRead = new Atomic(0);
function work() {
  const seen = lock.withLock(() => total);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  lock.withLock(() => { total = seen + 5; });
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

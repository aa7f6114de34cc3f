// readGuard, writeGuard, tries with a time
import { spawn, shared, ReadWriteLock } from "concurrency-playground";

let n = shared(0);
const lock = new ReadWriteLock();
function work() {
  for (let i = 0; i < 10; i++) {
    { using guard = lock.writeGuard(); void guard; n++; }
    { using guard = lock.readGuard(); void guard; if (n < 1) throw new Error("never"); }
    if (lock.tryLockWrite(2000)) { n++; lock.unlockWrite(); }
    if (lock.tryLockRead(2000)) { void n; lock.unlockRead(); }
  }
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

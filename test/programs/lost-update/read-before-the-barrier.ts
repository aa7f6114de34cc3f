// finds: sum, n. All read, all meet, all write: what each writes comes from before the others wrote
import { spawn, sharedMemory, Atomic, Barrier, Mutex } from "concurrency-playground";

let sum = sharedMemory(0);
const n = new Atomic(0);
const lock = new Mutex();
const meet = new Barrier(2);
function work(own: number) {
  const seen = lock.withLock(() => sum);
  const counted = n.load();
  meet.wait();
  lock.withLock(() => { sum = seen + own; });
  n.store(counted + own);
}
const tasks = [spawn(work, 1), spawn(work, 2)];
for (const task of tasks) task.join();

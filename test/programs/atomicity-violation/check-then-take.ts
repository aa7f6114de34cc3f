// finds: jobs. Both see the one job, and one finds nothing. Modes: threads
import { spawn, shared, Mutex, yieldNow, Atomic } from "concurrency-playground";

const jobs = shared(["the only one"]);
const lock = new Mutex();
const haveLooked = new Atomic(0);
function meet() {
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
}
function work() {
  if (lock.withLock(() => jobs.length > 0)) {
    meet();
    const job = lock.withLock(() => jobs.pop());
    console.log(job);
  }
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

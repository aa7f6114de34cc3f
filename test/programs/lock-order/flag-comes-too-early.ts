// finds: left, right. The flag is set before the locks are taken: it orders nothing of them
import { spawn, sleep, yieldNow, Mutex, Atomic, Semaphore } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const flag = new Atomic(0);
const over = new Semaphore(0);
function one() { flag.store(1); left.withLock(() => right.withLock(() => {})); over.release(); }
function two() {
  while (flag.load() === 0) yieldNow();
  while (over.available === 0) sleep(1);
  right.withLock(() => left.withLock(() => {}));
}
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// finds: left, right. It looks at the flag, but does not wait for it
import { spawn, sleep, Mutex, Atomic, Semaphore } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const flag = new Atomic(0);
const over = new Semaphore(0);
function one() { left.withLock(() => right.withLock(() => {})); flag.store(1); over.release(); }
function two() {
  while (over.available === 0) sleep(1);
  if (flag.load() === 1) console.log("late");
  right.withLock(() => left.withLock(() => {}));
}
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// finds: left, right. The second flag is set before the first is waited for
import { spawn, yieldNow, sleep, Mutex, Atomic, Semaphore } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const first = new Atomic(0);
const second = new Atomic(0);
const over = new Semaphore(0);
function one() { left.withLock(() => right.withLock(() => {})); first.store(1); over.release(); }
function between() { second.store(1); while (first.load() === 0) yieldNow(); }
function two() {
  while (second.load() === 0) yieldNow();
  while (over.available === 0) sleep(1);
  right.withLock(() => left.withLock(() => {}));
}
const tasks = [spawn(one), spawn(between), spawn(two)];
for (const task of tasks) task.join();

// finds: left, right. Waits for the second of two stores; the first one's task it only happens to see
import { spawn, sleep, Mutex, Atomic, Semaphore } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const flag = new Atomic(0);
const over = new Semaphore(0);
function one() { left.withLock(() => right.withLock(() => {})); flag.store(1); over.release(); }
function two() { while (over.available === 0) sleep(1); sleep(20); flag.store(2); }
function three() {
  while (flag.load() !== 2) sleep(1);
  right.withLock(() => left.withLock(() => {}));
}
const tasks = [spawn(one), spawn(two), spawn(three)];
for (const task of tasks) task.join();

// finds: a, b, c
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
const c = new Mutex();
const over = new Semaphore(0);
function take(first: Mutex, second: Mutex, after: number) {
  while (over.available < after) sleep(1);
  first.withLock(() => second.withLock(() => {}));
  over.release();
}
const tasks = [spawn(take, a, b, 0), spawn(take, b, c, 1), spawn(take, c, a, 2)];
for (const task of tasks) task.join();

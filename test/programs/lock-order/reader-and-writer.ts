// finds: a, b. One reads a and writes b, the other reads b and writes a
import { spawn, sleep, ReadWriteLock, Semaphore } from "concurrency-playground";

const a = new ReadWriteLock();
const b = new ReadWriteLock();
const over = new Semaphore(0);
function copy(from: ReadWriteLock, to: ReadWriteLock, after: number) {
  while (over.available < after) sleep(1);
  from.withRead(() => to.withWrite(() => {}));
  over.release();
}
const tasks = [spawn(copy, a, b, 0), spawn(copy, b, a, 1)];
for (const task of tasks) task.join();

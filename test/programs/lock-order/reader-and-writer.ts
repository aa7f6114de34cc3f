// finds: a, b. One reads a and writes b, the other reads b and writes a
import { spawn, sleep, ReadWriteLock } from "concurrency-playground";

const a = new ReadWriteLock();
const b = new ReadWriteLock();
function copy(from: ReadWriteLock, to: ReadWriteLock, after: number) {
  sleep(after);
  from.withRead(() => to.withWrite(() => {}));
}
const tasks = [spawn(copy, a, b, 0), spawn(copy, b, a, 150)];
for (const task of tasks) task.join();

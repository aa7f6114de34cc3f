// finds: a, b, c
import { spawn, sleep, Mutex } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
const c = new Mutex();
function take(first: Mutex, second: Mutex, after: number) {
  sleep(after);
  first.withLock(() => second.withLock(() => {}));
}
const tasks = [spawn(take, a, b, 0), spawn(take, b, c, 150), spawn(take, c, a, 300)];
for (const task of tasks) task.join();

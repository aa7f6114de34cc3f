// races: instance. The first check is outside the lock
import { spawn, shared, Mutex } from "concurrency-playground";

let instance = shared<{ size: number } | null>(null);
const lock = new Mutex();
function get() {
  if (instance === null) lock.withLock(() => { instance ??= { size: 1 }; });
}
const tasks = [spawn(get), spawn(get)];
for (const task of tasks) task.join();

// Captured locals are copies, a shared local is shared
import { spawn, shared, Mutex } from "concurrency-playground";

function run() {
  const found = shared<number[]>([]);
  const lock = new Mutex();
  const tasks = [1, 2].map((n) => spawn(() => { lock.withLock(() => { found.push(n); }); }));
  for (const task of tasks) task.join();
  return found.length;
}
console.log(run());

// The first check reads an Atomic
import { spawn, sharedMemory, Atomic, Mutex } from "concurrency-playground";

let instance = sharedMemory<{ size: number } | null>(null);
const made = new Atomic(0);
const lock = new Mutex();
function get() {
  if (made.load() === 0) lock.withLock(() => {
    if (made.load() === 0) { instance = { size: 1 }; made.store(1); }
  });
  return instance!.size;
}
const tasks = [spawn(get), spawn(get)];
for (const task of tasks) console.log(task.join());

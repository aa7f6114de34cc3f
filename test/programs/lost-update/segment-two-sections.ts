// finds: n. Read under the lock, written under the lock
import { spawn, sharedMemory, Mutex, Barrier } from "concurrency-playground";

let n = sharedMemory(0);
const lock = new Mutex();
const meet = new Barrier(2);
function add() {
  const seen = lock.withLock(() => n);
  meet.wait();
  lock.withLock(() => { n = seen + 1; });
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();

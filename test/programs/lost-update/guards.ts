// finds: n. A guard per block
import { spawn, yieldNow, sharedMemory, Atomic, Mutex } from "concurrency-playground";

let n = sharedMemory(0);
const lock = new Mutex();
const haveRead = new Atomic(0);
function work() {
  let seen: number;
  { using guard = lock.guard(); void guard; seen = n; }
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  { using guard = lock.guard(); void guard; n = seen + 1; }
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// finds: counts. Atomics.load and Atomics.store
import { spawn, yieldNow, sharedMemory, Atomic } from "concurrency-playground";

const counts = sharedMemory(new Int32Array(4));
const haveRead = new Atomic(0);
function work() {
  const seen = Atomics.load(counts, 2);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  Atomics.store(counts, 2, seen + 1);
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// finds: stock. Two sections of one semaphore
import { spawn, yieldNow, sharedMemory, Atomic, Semaphore } from "concurrency-playground";

let stock = sharedMemory(10);
const one = new Semaphore(1);
const haveRead = new Atomic(0);
function work() {
  const seen = one.withPermit(() => stock);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  one.withPermit(() => { stock = seen - 1; });
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// What is looked at decides what is printed, not what is counted
import { spawn, sharedMemory, Mutex, yieldNow, Atomic } from "concurrency-playground";

let visitors = sharedMemory(0);
const lock = new Mutex();
const haveLooked = new Atomic(0);
function visit() {
  const first = lock.withLock(() => visitors < 1);
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
  if (first) console.log("perhaps the first");
  lock.withLock(() => { visitors++; });
}
const tasks = [spawn(visit), spawn(visit)];
for (const task of tasks) task.join();
console.log(visitors);

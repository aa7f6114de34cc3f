// finds: state. Both decide by "open"; the second decision buries the first
import { spawn, sharedMemory, Mutex, yieldNow, Atomic } from "concurrency-playground";

let state = sharedMemory("open");
const lock = new Mutex();
const haveLooked = new Atomic(0);
function meet() {
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
}
function sell() {
  const open = lock.withLock(() => state === "open");
  meet();
  if (open) lock.withLock(() => { state = "sold"; });
}
function cancel() {
  const open = lock.withLock(() => state === "open");
  meet();
  if (open) lock.withLock(() => { state = "cancelled"; });
}
const tasks = [spawn(sell), spawn(cancel)];
for (const task of tasks) task.join();

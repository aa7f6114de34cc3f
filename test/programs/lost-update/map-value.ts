// finds: scores. get in one section, set in another
import { spawn, yieldNow, sharedMemory, Atomic, Mutex } from "concurrency-playground";

const scores = sharedMemory(new Map([["Ada", 1]]));
const lock = new Mutex();
const haveRead = new Atomic(0);
function work() {
  const seen = lock.withLock(() => scores.get("Ada")!);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  lock.withLock(() => { scores.set("Ada", seen + 1); });
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

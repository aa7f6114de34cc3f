// finds: n. Tried, but twice
import { spawn, sharedMemory, yieldNow, Mutex, Barrier } from "concurrency-playground";

let n = sharedMemory(5);
const lock = new Mutex();
const meet = new Barrier(2);
function add() {
  while (!lock.tryLock()) yieldNow();
  const seen = n;
  lock.unlock();
  meet.wait();
  while (!lock.tryLock(50));
  n = seen * 2;
  lock.unlock();
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();

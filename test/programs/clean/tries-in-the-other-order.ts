// Two orders of two locks, but who takes the second against the order only tries
import { spawn, sleep, Mutex } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
function leftFirst() { left.withLock(() => right.withLock(() => {})); }
function rightFirst() {
  for (;;) {
    right.lock();
    if (left.tryLock(5)) break;
    right.unlock();
    sleep(1);
  }
  left.unlock();
  right.unlock();
}
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

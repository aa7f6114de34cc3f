// finds: n. A lock made of an Atomic, taken twice for one update
import { spawn, sharedMemory, Atomic, Barrier } from "concurrency-playground";

let n = sharedMemory(0);
const taken = new Atomic(0);
const meet = new Barrier(2);
function lock() {
  for (;;) {
    while (taken.load() === 1);
    if (taken.compareExchange(0, 1) === 0) return;
  }
}
function add() {
  lock();
  const seen = n;
  taken.store(0);
  meet.wait();
  lock();
  n = seen + 1;
  taken.store(0);
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();

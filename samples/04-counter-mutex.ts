// Look at the lock bands: only one task holds `lock` at any moment; the other waits, and the line shows for whom.
// Look at Memory: as threads `lock` guards `counter` at every access, and the sum is always right. As processes the lock
// is still common to all, but each process counts in its own copy of `counter`.
import { spawn, shared, Mutex } from "concurrency-playground";

const TIMES = 2_000;
let counter = shared(0);
const lock = new Mutex();

function count() {
  for (let i = 0; i < TIMES; i++) {
    lock.lock();
    counter++;
    lock.unlock();
  }
}

const tasks = [spawn(count), spawn(count)];
for (const task of tasks) task.join();
console.log(`Expected ${2 * TIMES}, counted ${counter}`);

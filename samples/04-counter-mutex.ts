// Look at the lock bands: only one task holds `lock` at any moment; the other waits, and the line shows for whom.
// Look at Memory: `counter` is now guarded by `lock` at every access, and the sum is right in every run.
// Compare the time with 03-counter-race.ts: this is what mutual exclusion costs. Could the lock be taken less often?
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

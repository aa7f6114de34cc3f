// Look at the last line: two tasks add 100,000 each. As threads the sum is nearly always too small: updates are lost.
// Look at the finding: `counter++` is a read and then a write, and nothing orders one task's steps before the other's.
// Run it as processes: no race, and no sum either. Each process counts in its own copy; main's stays 0.
import { spawn, shared, sleep, Semaphore } from "concurrency-playground";

const TIMES = 100_000;
let counter = shared(0);
const start = new Semaphore(0);

function count() {
  start.acquire(); // both begin at the same time
  for (let i = 0; i < TIMES; i++) counter++;
}

const tasks = [spawn(count), spawn(count)];
sleep(100);
start.release(2);
for (const task of tasks) task.join();
console.log(`Expected ${2 * TIMES}, counted ${counter}`);

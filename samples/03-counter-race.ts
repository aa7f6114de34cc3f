// Look at the last line: two tasks add 100,000 each. As threads the sum is nearly always too small: updates are lost.
// Look at the finding: `counter++` is a read and then a write, and nothing orders one task's steps before the other's.
// Run it as processes: no race, and no sum either. Each process counts in its own copy; main's stays 0.
import { spawn, shared, Barrier } from "concurrency-playground";

const TIMES = 100_000;
let counter = shared(0);
const start = new Barrier(2);

function count() {
  start.wait(); // both begin at the same time
  for (let i = 0; i < TIMES; i++) counter++;
}

const tasks = [spawn(count), spawn(count)];
for (const task of tasks) task.join();
console.log(`Expected ${2 * TIMES}, counted ${counter}`);

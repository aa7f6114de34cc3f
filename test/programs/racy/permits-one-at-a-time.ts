// races: n. Three permits, and yet one after the other: the fourth permit taken is the first given back
import { spawn, sleep, shared, Semaphore } from "concurrency-playground";

let n = shared(0);
const permits = new Semaphore(3);
const over = new Semaphore(0);
function first() {
  for (let i = 0; i < 3; i++) permits.withPermit(() => n++);
  over.release();
}
function second() { while (over.available === 0) sleep(1); permits.withPermit(() => n++); }
const tasks = [spawn(first), spawn(second)];
for (const task of tasks) task.join();

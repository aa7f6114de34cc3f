// races: x. The tasks never overlap: looking at a semaphore orders nothing
import { spawn, sleep, shared, Semaphore } from "concurrency-playground";

let x = shared(0);
const over = new Semaphore(0);
function first() { x = 1; over.release(); }
function second() { while (over.available === 0) sleep(1); x = 2; }
const tasks = [spawn(first), spawn(second)];
for (const task of tasks) task.join();
console.log(x);

// The third permit is given back when b is written
import { spawn, shared, Semaphore } from "concurrency-playground";

let a = shared(0);
let b = shared(0);
const done = new Semaphore(0);
function writes() { a = 1; done.release(2); b = 1; done.release(); }
function reads() { done.acquire(2); done.acquire(); console.log(a, b); }
const tasks = [spawn(writes), spawn(reads)];
for (const task of tasks) task.join();

// races: b. The first of two permits is given back before b is written
import { spawn, shared, Semaphore } from "concurrency-playground";

let a = shared(0);
let b = shared(0);
const done = new Semaphore(0);
function writes() { a = 1; done.release(2); b = 1; done.release(); }
function reads() { done.acquire(2); console.log(a, b); }
const tasks = [spawn(writes), spawn(reads)];
for (const task of tasks) task.join();

// races: b. Counted down after a and before b
import { spawn, shared, Latch } from "concurrency-playground";

let a = shared(0);
let b = shared(0);
const done = new Latch(1);
function writes() { a = 1; done.countDown(); b = 1; }
function reads() { done.wait(); console.log(a, b); }
const tasks = [spawn(writes), spawn(reads)];
for (const task of tasks) task.join();

// races: b. One permit is one signal: it is the first one's
import { spawn, sleep, shared, Semaphore } from "concurrency-playground";

let a = shared(0);
let b = shared(0);
const done = new Semaphore(0);
function one() { a = 1; done.release(); }
function two() { while (done.available < 1) sleep(1); b = 2; done.release(); }
function reader() { while (done.available < 2) sleep(1); done.acquire(); console.log(a, b); }
const tasks = [spawn(one), spawn(two), spawn(reader)];
for (const task of tasks) task.join();

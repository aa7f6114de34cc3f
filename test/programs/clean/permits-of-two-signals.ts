// Who takes both permits has what both have written
import { spawn, shared, Semaphore } from "concurrency-playground";

let a = shared(0);
let b = shared(0);
const done = new Semaphore(0);
function one() { a = 1; done.release(); }
function two() { b = 2; done.release(); }
function reader() { done.acquire(2); console.log(a, b); }
const tasks = [spawn(one), spawn(two), spawn(reader)];
for (const task of tasks) task.join();

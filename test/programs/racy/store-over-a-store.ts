// races: a. The second store replaces the first, and its task has not read it
import { spawn, sleep, shared, Atomic, Semaphore } from "concurrency-playground";

let a = shared(0);
let b = shared(0);
const flag = new Atomic(0);
const over = new Semaphore(0);
function one() { a = 1; flag.store(1); over.release(); }
function two() { while (over.available === 0) sleep(1); b = 1; flag.store(2); over.release(); }
function reader() { while (over.available < 2) sleep(1); flag.load(); console.log(a, b); }
const tasks = [spawn(one), spawn(two), spawn(reader)];
for (const task of tasks) task.join();

// races: data. A wait that is over by its time orders nothing
import { spawn, sleep, shared, Atomic, Semaphore } from "concurrency-playground";

let data = shared(0);
const bell = new Atomic(0);
const over = new Semaphore(0);
function waiter() { while (over.available === 0) sleep(1); bell.wait(0, 5); console.log(data); }
function writer() { data = 1; over.release(); }
const tasks = [spawn(waiter), spawn(writer)];
for (const task of tasks) task.join();

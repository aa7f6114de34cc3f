// races: x. The tasks never overlap: sleeping orders nothing
import { spawn, sleep, shared } from "concurrency-playground";

let x = shared(0);
function first() { x = 1; }
function second() { sleep(150); x = 2; }
const tasks = [spawn(first), spawn(second)];
for (const task of tasks) task.join();
console.log(x);

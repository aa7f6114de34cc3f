// Who adds reads first: what the others wrote goes along
import { spawn, shared, Atomic } from "concurrency-playground";

let a = shared(0);
let b = shared(0);
const done = new Atomic(0);
function one() { a = 1; done.add(1); }
function two() { b = 1; done.add(1); }
function reader() { while (done.load() < 2); console.log(a, b); }
const tasks = [spawn(one), spawn(two), spawn(reader)];
for (const task of tasks) task.join();

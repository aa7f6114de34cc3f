import { spawn, shared, Semaphore } from "concurrency-playground";

let counter = shared(0);
const one = new Semaphore(1);
function add() { for (let i = 0; i < 20; i++) one.withPermit(() => { counter++; }); }
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

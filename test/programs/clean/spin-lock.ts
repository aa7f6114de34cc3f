import { spawn, shared, SpinLock } from "concurrency-playground";

let counter = shared(0);
const lock = new SpinLock();
function add() { for (let i = 0; i < 20; i++) lock.withLock(() => { counter++; }); }
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

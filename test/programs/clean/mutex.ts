import { spawn, shared, Mutex } from "concurrency-playground";

let counter = shared(0);
const lock = new Mutex();
function add() { for (let i = 0; i < 50; i++) lock.withLock(() => { counter++; }); }
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

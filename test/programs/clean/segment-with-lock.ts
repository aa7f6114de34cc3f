import { spawn, sharedMemory, Mutex } from "concurrency-playground";

let counter = sharedMemory(0);
const lock = new Mutex();
function add() { for (let i = 0; i < 10; i++) lock.withLock(() => { counter++; }); }
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

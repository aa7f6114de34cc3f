import { spawn, sharedMemory, ReadWriteLock } from "concurrency-playground";

const stock = sharedMemory(new Map([["apples", 10]]));
const lock = new ReadWriteLock();
function work() { for (let i = 0; i < 5; i++) lock.withWrite(() => { stock.set("apples", stock.get("apples")! - 1); }); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(stock.get("apples"));

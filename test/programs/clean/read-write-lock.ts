import { spawn, shared, ReadWriteLock } from "concurrency-playground";

let value = shared(0);
const lock = new ReadWriteLock();
function write() { for (let i = 0; i < 10; i++) lock.withWrite(() => { value++; }); }
function read() { for (let i = 0; i < 10; i++) lock.withRead(() => value); }
const tasks = [spawn(write), spawn(read), spawn(read)];
for (const task of tasks) task.join();

// races: hits. Readers share the lock, and write
import { spawn, shared, ReadWriteLock } from "concurrency-playground";

let hits = shared(0);
const lock = new ReadWriteLock();
function read() { lock.withRead(() => { hits++; }); }
const tasks = [spawn(read), spawn(read)];
for (const task of tasks) task.join();
console.log(hits);

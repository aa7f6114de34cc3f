// races: total. Each task holds a lock, but not the same one
import { spawn, shared, Mutex } from "concurrency-playground";

let total = shared(0);
const a = new Mutex();
const b = new Mutex();
function withA() { a.withLock(() => { total += 1; }); }
function withB() { b.withLock(() => { total += 1; }); }
const tasks = [spawn(withA), spawn(withB)];
for (const task of tasks) task.join();
console.log();
console.log(total);

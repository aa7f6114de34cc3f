// races: n. A try that failed gives no lock
import { spawn, shared, Latch, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
const held = new Latch(1);
const tried = new Latch(1);
function holder() { lock.lock(); held.countDown(); n++; tried.wait(); lock.unlock(); }
function impatient() { held.wait(); if (!lock.tryLock()) n++; tried.countDown(); }
const tasks = [spawn(holder), spawn(impatient)];
for (const task of tasks) task.join();
console.log(n);

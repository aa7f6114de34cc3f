// races: n. Two kinds of lock for one variable
import { spawn, shared, Mutex, SpinLock } from "concurrency-playground";

let n = shared(0);
const mutex = new Mutex();
const spin = new SpinLock();
function one() { mutex.withLock(() => { n++; }); }
function two() { spin.withLock(() => { n++; }); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

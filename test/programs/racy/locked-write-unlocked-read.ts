// races: balance
import { spawn, shared, Mutex } from "concurrency-playground";

let balance = shared(100);
const lock = new Mutex();
function deposit() { lock.withLock(() => { balance += 50; }); }
function show() { return balance; }
const tasks = [spawn(deposit), spawn(show)];
for (const task of tasks) task.join();

// A process, whose thread makes a process: memory between all of them, under one lock
import { Process, Thread, sharedMemory, Mutex } from "concurrency-playground";

const total = sharedMemory({ n: 0 });
const lock = new Mutex();
function add() { for (let i = 0; i < 5; i++) lock.withLock(() => { total.n++; }); }
function middle() { const inner = Process.spawn(add); add(); inner.join(); }
function outer() { const inner = Thread.spawn(middle); add(); inner.join(); }
const first = Process.spawn(outer);
add();
first.join();
console.log(total.n);

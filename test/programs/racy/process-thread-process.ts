// races: total. Modes: both. The innermost process has forgotten the lock
import { Process, Thread, sharedMemory, Mutex } from "concurrency-playground";

const total = sharedMemory({ n: 0 });
const lock = new Mutex();
function forget() { total.n++; }
function add() { lock.withLock(() => { total.n++; }); }
function middle() { const inner = Process.spawn(forget); add(); inner.join(); }
function outer() { const inner = Thread.spawn(middle); inner.join(); }
const first = Process.spawn(outer);
add();
first.join();

// withLock unlocks, however its body ends
import { spawn, shared, Mutex } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
function work() { lock.withLock(() => { n++; if (n === 1) throw new Error("expected"); }); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) { try { task.join(); } catch { lock.withLock(() => { n += 10; }); } }
console.log(n);

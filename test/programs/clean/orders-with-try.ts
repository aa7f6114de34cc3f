// Two orders, but the inner lock is only tried: nobody waits with a lock in hand
import { spawn, Mutex } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
function one() { left.withLock(() => { if (right.tryLock()) right.unlock(); }); }
function two() { right.withLock(() => { if (left.tryLock()) left.unlock(); }); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

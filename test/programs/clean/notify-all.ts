// Three wait for one change
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

let open = sharedMemory(false);
const lock = new Mutex();
const changed = new Condition(lock);
function work() { return lock.withLock(() => { while (!open) changed.wait(); return open; }); }
const tasks = [spawn(work), spawn(work), spawn(work)];
lock.withLock(() => { open = true; changed.notifyAll(); });
for (const task of tasks) console.log(task.join());

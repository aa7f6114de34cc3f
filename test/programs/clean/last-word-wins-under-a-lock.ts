// Each prints what it finds, under the lock, and later leaves its own name there
import { spawn, sharedMemory, Mutex, Barrier } from "concurrency-playground";

const lock = new Mutex();
let last = sharedMemory(0);
const looked = new Barrier(2);
function visit(me: number) {
  lock.withLock(() => console.log("before me:", last));
  looked.wait();
  lock.withLock(() => { last = me; });
}
const tasks = [spawn(visit, 1), spawn(visit, 2)];
for (const task of tasks) task.join();

// finds: permit, lock. A semaphore of one permit is a lock as well
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const permit = new Semaphore(1);
const lock = new Mutex();
const over = new Semaphore(0);
function one() { permit.withPermit(() => lock.withLock(() => {})); over.release(); }
function two() { while (over.available === 0) sleep(1); lock.withLock(() => permit.withPermit(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

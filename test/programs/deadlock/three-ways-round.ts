// waits: a, b, c. A mutex, a spin lock and a semaphore in a circle
import { spawn, Barrier, Mutex, Semaphore, SpinLock } from "concurrency-playground";

const a = new Mutex();
const b = new SpinLock();
const c = new Semaphore(1);
const meet = new Barrier(3);
function one() { a.lock(); meet.wait(); b.lock(); b.unlock(); a.unlock(); }
function two() { b.lock(); meet.wait(); c.acquire(); c.release(); b.unlock(); }
function three() { c.acquire(); meet.wait(); a.lock(); a.unlock(); c.release(); }
const tasks = [spawn(one), spawn(two), spawn(three)];
for (const task of tasks) task.join();

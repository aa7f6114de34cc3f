// waits: done, lock, queue. A lock, a message and a semaphore
import { spawn, Mutex, MessageQueue, Semaphore, Latch } from "concurrency-playground";

const lock = new Mutex();
const queue = new MessageQueue<number>();
const done = new Semaphore(0);
const locked = new Latch(1);
function one() { lock.withLock(() => { locked.countDown(); queue.receive(); }); }
function two() { done.acquire(); queue.send(1); }
function three() { locked.wait(); lock.withLock(() => {}); done.release(); }
const tasks = [spawn(one), spawn(two), spawn(three)];
for (const task of tasks) task.join();

// finds: left, right. Writers
import { spawn, sleep, ReadWriteLock, Semaphore } from "concurrency-playground";

const left = new ReadWriteLock();
const right = new ReadWriteLock();
const over = new Semaphore(0);
function one() { left.withWrite(() => right.withWrite(() => {})); over.release(); }
function two() { while (over.available === 0) sleep(1); right.withWrite(() => left.withWrite(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

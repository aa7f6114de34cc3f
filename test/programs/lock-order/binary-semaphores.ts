// finds: left, right. Semaphores of one permit are locks, too
import { spawn, sleep, Semaphore } from "concurrency-playground";

const left = new Semaphore(1);
const right = new Semaphore(1);
const over = new Semaphore(0);
function leftFirst() { left.withPermit(() => right.withPermit(() => {})); over.release(); }
function rightFirst() { while (over.available === 0) sleep(1); right.withPermit(() => left.withPermit(() => {})); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

// waits: left, right
import { spawn, Semaphore, Barrier } from "concurrency-playground";

const left = new Semaphore(1);
const right = new Semaphore(1);
const both = new Barrier(2);
function one() { left.acquire(); both.wait(); right.acquire(); }
function two() { right.acquire(); both.wait(); left.acquire(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

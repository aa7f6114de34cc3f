// Two orders of two locks, all for reading, and nobody writes
import { spawn, ReadWriteLock } from "concurrency-playground";

const left = new ReadWriteLock();
const right = new ReadWriteLock();
function one() { left.withRead(() => right.withRead(() => {})); }
function two() { right.withRead(() => left.withRead(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

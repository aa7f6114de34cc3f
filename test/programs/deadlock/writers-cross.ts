// waits: a, b
import { spawn, ReadWriteLock, Barrier } from "concurrency-playground";

const a = new ReadWriteLock();
const b = new ReadWriteLock();
const both = new Barrier(2);
function one() { a.lockWrite(); both.wait(); b.lockWrite(); }
function two() { b.lockWrite(); both.wait(); a.lockWrite(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

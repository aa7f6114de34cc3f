// waits: a, b. The gate is taken in one of the two places only
import { spawn, Mutex, Barrier } from "concurrency-playground";

const gate = new Mutex();
const a = new Mutex();
const b = new Mutex();
const both = new Barrier(2);
function one() { gate.lock(); a.lock(); both.wait(); b.lock(); }
function two() { b.lock(); both.wait(); a.lock(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

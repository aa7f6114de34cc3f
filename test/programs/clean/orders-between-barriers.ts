// Two orders; all meet between
import { spawn, Mutex, Barrier } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const meet = new Barrier(2);
function one() { left.withLock(() => right.withLock(() => {})); meet.wait(); }
function two() { meet.wait(); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

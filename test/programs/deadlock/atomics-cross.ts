// waits: a, b. Each waits for what the other sets afterwards
import { spawn, Atomic } from "concurrency-playground";

const a = new Atomic(0);
const b = new Atomic(0);
function one() { a.wait(0); b.store(1); b.notify(); }
function two() { b.wait(0); a.store(1); a.notify(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// finds: a, b. Guards in two orders
import { spawn, sleep, Mutex } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
function one() { using first = a.guard(); using second = b.guard(); void [first, second]; }
function two() { sleep(150); using first = b.guard(); using second = a.guard(); void [first, second]; }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

// A guard of a semaphore of one
import { spawn, shared, Semaphore } from "concurrency-playground";

let n = shared(0);
const one = new Semaphore(1);
function work() { for (let i = 0; i < 10; i++) { using guard = one.guard(); void guard; n++; } }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// Atomics.add on a segment
import { spawn, sharedMemory } from "concurrency-playground";

const counts = sharedMemory(new Int32Array(2));
function work() { for (let i = 0; i < 10; i++) Atomics.add(counts, 1, 1); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(Atomics.load(counts, 1));

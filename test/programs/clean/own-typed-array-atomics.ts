// Each its own element
import { spawn, sharedMemory } from "concurrency-playground";

const counts = sharedMemory(new Int32Array(2));
function work(me: number) { for (let i = 0; i < 5; i++) Atomics.store(counts, me, Atomics.load(counts, me) + 1); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

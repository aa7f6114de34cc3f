// races: log. Modes: both
import { spawn, sharedMemory } from "concurrency-playground";

let log = sharedMemory("");
function work(n: number) { log += n; }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

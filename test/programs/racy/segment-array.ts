// races: cells. Modes: both
import { spawn, sharedMemory } from "concurrency-playground";

const cells = sharedMemory([0, 0, 0, 0]);
function set(value: number) { cells[3] = value; }
const tasks = [spawn(set, 1), spawn(set, 2)];
for (const task of tasks) task.join();

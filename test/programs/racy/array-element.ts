// races: cells
import { spawn, shared } from "concurrency-playground";

const cells = shared([0, 0, 0]);
function work() { cells[1] += 1; }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

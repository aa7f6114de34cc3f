// races: stock. Modes: both
import { spawn, sharedMemory } from "concurrency-playground";

const stock = sharedMemory(new Map([["apples", 3]]));
function work(me: number) { stock.set("apples", me); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

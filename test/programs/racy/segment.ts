// races: counter. Modes: both. One memory of the operating system for all processes
import { spawn, sharedMemory } from "concurrency-playground";

let counter = sharedMemory(0);
function add() { for (let i = 0; i < 50; i++) counter++; }
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

// Eight tasks that do nothing. Look at Costs: how long each took to begin, and how much memory it has.
// A thread shares its process's memory and program; a process gets a memory and a runtime of its own.
// Run it both ways, or click Compare: it does so several times and shows the spread.
import { spawn, type Task } from "concurrency-playground";

const COUNT = 8;

function nothing() {}

const began = performance.now();
const tasks: Task[] = [];
for (let i = 0; i < COUNT; i++) tasks.push(spawn(nothing));
for (const task of tasks) task.join();
const each = (performance.now() - began) / COUNT;
console.log(`${COUNT} tasks of kind ${tasks[0]!.kind}, ${each.toFixed(1)} ms each`);

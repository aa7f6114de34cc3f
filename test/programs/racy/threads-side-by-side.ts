// races: counter. Modes: both. Threads share whatever the mode
import { shared, Thread } from "concurrency-playground";

let counter = shared(0);
function add() { counter++; }
const tasks = [Thread.spawn(add), Thread.spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

// races: counter
import { spawn, shared } from "concurrency-playground";

let counter = shared(0);
function add() { for (let i = 0; i < 100; i++) counter++; }
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

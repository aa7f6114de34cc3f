// races: sum
import { spawn, shared } from "concurrency-playground";

let sum = shared(0);
function work() { [1, 2, 3].forEach((n) => { sum += n; }); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

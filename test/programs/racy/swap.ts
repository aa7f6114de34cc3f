// races: left, right. Destructuring reads both and writes both
import { spawn, shared } from "concurrency-playground";

let left = shared(1);
let right = shared(2);
function work() { [left, right] = [right, left]; }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

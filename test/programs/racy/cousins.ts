// races: n. Tasks of different parents
import { spawn, shared } from "concurrency-playground";

let n = shared(0);
function leaf() { n++; }
function work() { spawn(leaf).join(); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// races: point. The whole object is exchanged while a field of it is read
import { spawn, shared } from "concurrency-playground";

let point = shared({ x: 1, y: 1 });
function replace() { point = { x: 2, y: 2 }; }
function read() { return point.x; }
const tasks = [spawn(replace), spawn(read)];
for (const task of tasks) task.join();

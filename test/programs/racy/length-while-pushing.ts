// races: list
import { spawn, shared } from "concurrency-playground";

const list = shared([1, 2]);
function push() { list.push(3); }
function count() { return list.length; }
const tasks = [spawn(push), spawn(count)];
for (const task of tasks) task.join();

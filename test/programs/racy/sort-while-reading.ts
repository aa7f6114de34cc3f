// races: list
import { spawn, shared } from "concurrency-playground";

const list = shared([3, 1, 2]);
function sort() { list.sort((x, y) => x - y); }
function first() { return list[0]; }
const tasks = [spawn(sort), spawn(first)];
for (const task of tasks) task.join();

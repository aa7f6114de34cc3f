// races: list
import { spawn, shared } from "concurrency-playground";

const list = shared<number[]>([]);
function work(n: number) { list.push(n); }
const tasks = [spawn(work, 1), spawn(work, 2)];
for (const task of tasks) task.join();

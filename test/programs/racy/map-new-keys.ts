// races: scores. Different keys, but one size
import { spawn, shared } from "concurrency-playground";

const scores = shared(new Map<string, number>());
function work(n: number) { scores.set(`player ${n}`, n); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

// races: scores
import { spawn, shared } from "concurrency-playground";

const scores = shared(new Map([["Ada", 0]]));
function work(n: number) { scores.set("Ada", n); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

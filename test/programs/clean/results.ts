// What a task returns
import { spawn } from "concurrency-playground";

function work(n: number) { return { square: n * n, list: [n], text: `${n}` }; }
const tasks = [1, 2].map((n) => spawn(work, n));
for (const task of tasks) console.log(task.join().square);

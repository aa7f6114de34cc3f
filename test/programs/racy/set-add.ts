// races: seen. Each adds another element; the size is one
import { spawn, shared } from "concurrency-playground";

const seen = shared(new Set<number>());
function work(n: number) { seen.add(n); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

// races: cache
import { spawn, shared } from "concurrency-playground";

const cache: { entry?: number } = shared({ entry: 1 });
function evict() { delete cache.entry; }
function look() { return "entry" in cache; }
const tasks = [spawn(evict), spawn(look)];
for (const task of tasks) task.join();

// races: seen. Adding changes the size
import { spawn, shared } from "concurrency-playground";

const seen = shared(new Set<string>());
function adds() { seen.add("b"); }
function counts() { console.log(seen.size); }
const tasks = [spawn(adds), spawn(counts)];
for (const task of tasks) task.join();

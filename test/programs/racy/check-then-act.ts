// races: instance
import { spawn, shared } from "concurrency-playground";

let instance = shared<{ made: number } | null>(null);
function get(me: number) { if (instance === null) instance = { made: me }; }
const tasks = [spawn(get, 1), spawn(get, 2)];
for (const task of tasks) task.join();

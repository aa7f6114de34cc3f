// races: n. await is no lock
import { spawn, shared } from "concurrency-playground";

let n = shared(0);
async function work() { const seen = n; await new Promise((done) => setTimeout(done, 2)); n = seen + 1; }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// races: total
import { spawn, shared } from "concurrency-playground";

let total = shared(0n);
function work() { total += 10n ** 20n; }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

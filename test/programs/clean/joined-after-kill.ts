// Who joins a killed task knows all that it did
import { spawn, sleep, shared, Semaphore, TaskCrashed } from "concurrency-playground";

let n = shared(0);
const begun = new Semaphore(0);
function work() { n = 1; begun.release(); for (;;) sleep(1); }
const task = spawn(work);
while (begun.available === 0) sleep(1);
task.kill();
try { task.join(); } catch (error) { if (!(error instanceof TaskCrashed)) throw error; }
n = 2;
console.log(n);

import { spawn, sleep, shared, Semaphore } from "concurrency-playground";

let progress = shared(0);
const begun = new Semaphore(0);
function work() { progress = 1; begun.release(); for (;;) sleep(5); }
const task = spawn(work);
begun.acquire();
task.kill();
try { task.join(); } catch { progress = 2; }
console.log(progress);

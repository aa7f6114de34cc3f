// races: progress. Killed is not joined
import { spawn, sleep, shared, Semaphore } from "concurrency-playground";

let progress = shared(0);
const steps = new Semaphore(0);
function work() { for (;;) { progress++; steps.release(); sleep(1); } }
const task = spawn(work);
while (steps.available < 3) sleep(1);
task.kill();
console.log(progress);

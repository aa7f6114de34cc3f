// races: progress. Killed is not joined
import { spawn, sleep, shared } from "concurrency-playground";

let progress = shared(0);
function work() { for (;;) { progress++; sleep(1); } }
const task = spawn(work);
for (let i = 0; i < 500 && progress < 3; i++) sleep(2);
task.kill();
console.log(progress);

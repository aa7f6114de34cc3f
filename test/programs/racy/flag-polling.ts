// races: done, data. A plain flag publishes nothing
import { spawn, sleep, shared } from "concurrency-playground";

let done = shared(false);
let data = shared(0);
function produce() { data = 42; done = true; }
const task = spawn(produce);
for (let i = 0; i < 200 && !done; i++) sleep(2);
console.log(data);
task.join();

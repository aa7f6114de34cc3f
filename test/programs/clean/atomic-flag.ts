// A store and the load that reads it
import { spawn, sleep, shared, Atomic } from "concurrency-playground";

let data = shared(0);
const done = new Atomic(0);
function produce() { data = 42; done.store(1); }
const task = spawn(produce);
while (done.load() === 0) sleep(1);
console.log(data);
task.join();

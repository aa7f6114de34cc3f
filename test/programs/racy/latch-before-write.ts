// races: result. Counted down too early
import { spawn, shared, Latch } from "concurrency-playground";

let result = shared(0);
const finished = new Latch(1);
function work() { finished.countDown(); result = 7; }
const task = spawn(work);
finished.wait();
console.log(result);
task.join();

// races: result. A time-out orders nothing
import { spawn, shared, Semaphore, Latch } from "concurrency-playground";

let result = shared(0);
const finished = new Latch(1);
const go = new Semaphore(0);
function work() { result = 7; go.acquire(); finished.countDown(); }
const task = spawn(work);
if (!finished.wait(20)) result = -1;
go.release();
task.join();
console.log(result);

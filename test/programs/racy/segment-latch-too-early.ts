// races: result. Modes: both
import { spawn, sharedMemory, Latch } from "concurrency-playground";

let result = sharedMemory(0);
const finished = new Latch(1);
function work() { finished.countDown(); result = 7; }
const task = spawn(work);
finished.wait();
console.log(result);
task.join();

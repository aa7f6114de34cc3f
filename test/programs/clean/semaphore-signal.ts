import { spawn, shared, Semaphore } from "concurrency-playground";

let data = shared(0);
const ready = new Semaphore(0);
function produce() { data = 42; ready.release(); }
const task = spawn(produce);
ready.acquire();
console.log(data);
task.join();

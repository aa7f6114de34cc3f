// races: data. The permit is given before the data is there
import { spawn, shared, Semaphore } from "concurrency-playground";

let data = shared(0);
const ready = new Semaphore(0);
function produce() { ready.release(); data = 42; }
const task = spawn(produce);
ready.acquire();
console.log(data);
task.join();

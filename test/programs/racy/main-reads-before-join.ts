// races: result
import { spawn, sleep, shared } from "concurrency-playground";

let result = shared(0);
function work() { result = 42; }
const task = spawn(work);
sleep(100);
console.log(result);
task.join();

// races: limit
import { spawn, shared } from "concurrency-playground";

let limit = shared(1);
function work() { return limit; }
const task = spawn(work);
limit = 2;
task.join();

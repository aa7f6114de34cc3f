// races: n. Joining the child does not join its child
import { spawn, sleep, shared } from "concurrency-playground";

let n = shared(0);
function inner() { sleep(50); n = 1; }
function outer() { spawn(inner); }
const task = spawn(outer);
task.join();
n = 2;
console.log(n);

// Only joins order it
import { spawn, shared } from "concurrency-playground";

let n = shared(0);
function work() { n++; }
spawn(work).join();
n++;
spawn(work).join();
console.log(n);

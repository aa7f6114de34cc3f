// A task that another one waits for
import { spawn, shared } from "concurrency-playground";

let n = shared(0);
function first() { n = 1; }
function second(before: ReturnType<typeof spawn>) { before.join(); n++; }
const one = spawn(first);
const two = spawn(second, one);
two.join();
console.log(n);

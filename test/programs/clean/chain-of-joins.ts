import { spawn, shared } from "concurrency-playground";

let n = shared(0);
function third() { n++; }
function second() { n++; spawn(third).join(); n++; }
function first() { n++; spawn(second).join(); n++; }
spawn(first).join();
console.log(n);

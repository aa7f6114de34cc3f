// races: data. The consumer watches another flag than the producer sets
import { spawn, yieldNow, shared, Atomic } from "concurrency-playground";

let data = shared(0);
const written = new Atomic(0);
const begun = new Atomic(0);
function produce() { begun.store(1); data = 42; written.store(1); }
const task = spawn(produce);
while (begun.load() === 0) yieldNow();
console.log(data);
task.join();

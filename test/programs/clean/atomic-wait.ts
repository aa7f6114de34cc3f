import { spawn, shared, Atomic } from "concurrency-playground";

let data = shared(0);
const state = new Atomic(0);
function produce() { data = 42; state.store(1); state.notify(); }
const task = spawn(produce);
state.wait(0);
console.log(data);
task.join();

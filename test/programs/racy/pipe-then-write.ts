// races: data. The bytes were written before the data
import { spawn, shared, Pipe } from "concurrency-playground";

let data = shared(0);
const pipe = new Pipe();
function produce() { pipe.write("ready"); data = 42; }
const task = spawn(produce);
pipe.read();
console.log(data);
task.join();

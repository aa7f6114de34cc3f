import { spawn, shared, Pipe } from "concurrency-playground";

let size = shared(0);
const pipe = new Pipe();
function produce() { size = 5; pipe.write("hello\n"); pipe.close(); }
const task = spawn(produce);
console.log(pipe.readLine(), size);
task.join();

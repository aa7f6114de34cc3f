// The end of the stream tells that it was closed
import { spawn, shared, Pipe } from "concurrency-playground";

let data = shared(0);
const pipe = new Pipe();
function writer() { pipe.write("line\n"); data = 1; pipe.close(); }
function reader() { while (pipe.readLine() !== undefined); console.log(data); }
const tasks = [spawn(writer), spawn(reader)];
for (const task of tasks) task.join();

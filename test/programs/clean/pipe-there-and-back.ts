// Bytes order both ways
import { spawn, shared, Pipe } from "concurrency-playground";

let data = shared(0);
const request = new Pipe();
const reply = new Pipe();
function serve() {
  for (let line = request.readLine(); line !== undefined; line = request.readLine()) { data++; reply.write(`${line}!\n`); }
}
const task = spawn(serve);
for (let i = 0; i < 5; i++) { data = i; request.write(`${i}\n`); reply.readLine(); }
request.close();
task.join();
console.log(data);

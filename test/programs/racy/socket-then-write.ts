// races: data. What is written after the last byte is ordered by nothing
import { spawn, shared, Socket } from "concurrency-playground";

let data = shared(0);
function produce() {
  const socket = Socket.connect("news");
  socket.write("ready\n");
  data = 42;
  socket.close();
}
const task = spawn(produce);
const socket = Socket.accept("news");
socket.readLine();
console.log(data);
task.join();

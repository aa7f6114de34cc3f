// A socket orders both ways
import { spawn, shared, Socket } from "concurrency-playground";

let data = shared(0);
function client() {
  const socket = Socket.connect("service");
  for (let i = 0; i < 5; i++) { data = i; socket.write(`${i}\n`); socket.readLine(); }
  socket.close();
}
const task = spawn(client);
const socket = Socket.accept("service");
for (let line = socket.readLine(); line !== undefined; line = socket.readLine()) { data++; socket.write("ok\n"); }
task.join();
console.log(data);

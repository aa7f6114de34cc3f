// The end of a socket's stream comes after what was written before close()
import { spawn, shared, Socket } from "concurrency-playground";

let data = shared(0);
function server() {
  const socket = Socket.accept("server");
  while (socket.read().length > 0);
  console.log(data);
  socket.close();
}
function client() {
  const socket = Socket.connect("server");
  socket.write("x");
  data = 1;
  socket.close();
}
const tasks = [spawn(server), spawn(client)];
for (const task of tasks) task.join();

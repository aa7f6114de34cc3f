import { spawn, shared, Socket } from "concurrency-playground";

let asked = shared(0);
function server() {
  const connection = Socket.accept("printer");
  asked = 1;
  connection.write("ready\n");
  connection.close();
}
const task = spawn(server);
const connection = Socket.connect("printer");
console.log(connection.readLine(), asked);
connection.close();
task.join();

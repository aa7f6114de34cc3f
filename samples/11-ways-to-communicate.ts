// Two tasks talk by each means that there is. Look at the arrows, and at Costs: messages and bytes per means.
// As processes each is the operating system's own: an IPC channel, a pipe, a local socket, a shared memory segment.
// Then click Compare, and look at what a message and its answer take by each means, in both modes.
import { spawn, sharedMemory, MessageQueue, Pipe, Socket, Semaphore } from "concurrency-playground";

const questions = new MessageQueue<{ a: number; b: number }>();
const answers = new MessageQueue<number>();
const lines = new Pipe();
const segment = sharedMemory({ text: "" });
const written = new Semaphore(0);

function helper() {
  const { a, b } = questions.receive();
  answers.send(a * b);

  lines.write("first line\nsecond line\n");
  lines.close();

  const socket = Socket.connect("helper");
  socket.write(`you said ${socket.readLine()}\n`);
  socket.close();

  segment.text = "written by the helper";
  written.release();
}

const task = spawn(helper);
questions.send({ a: 6, b: 7 });
console.log(`Message queue: ${answers.receive()}`);
for (let line = lines.readLine(); line !== undefined; line = lines.readLine()) console.log(`Pipe: ${line}`);
const socket = Socket.accept("helper");
socket.write("hello\n");
console.log(`Socket: ${socket.readLine()}`);
socket.close();
written.acquire();
console.log(`Shared segment: ${segment.text}`);
task.join();

// With capacity 1 the second send follows the first receive
import { spawn, shared, MessageQueue } from "concurrency-playground";

let box = shared(0);
const queue = new MessageQueue<number>(1);
function sender() {
  queue.send(1);
  queue.send(2);
  box = 5;
}
function receiver() {
  box = 3;
  queue.receive();
  queue.receive();
}
const tasks = [spawn(receiver), spawn(sender)];
for (const task of tasks) task.join();
console.log(box);

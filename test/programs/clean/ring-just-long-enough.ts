// A queue of two, a ring of four
import { spawn, shared, MessageQueue } from "concurrency-playground";

const ring = shared(new Int32Array(4));
const queue = new MessageQueue<number>(2);
function producer() {
  for (let i = 0; i < 9; i++) {
    ring[i % 4] = i;
    queue.send(i % 4);
  }
}
function consumer() {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += ring[queue.receive()]!;
  console.log(sum);
}
const tasks = [spawn(producer), spawn(consumer)];
for (const task of tasks) task.join();

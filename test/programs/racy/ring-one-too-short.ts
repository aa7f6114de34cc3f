// races: ring. A queue of two, a ring of three: the third may be written while the first is read
import { spawn, shared, MessageQueue } from "concurrency-playground";

const ring = shared(new Int32Array(3));
const queue = new MessageQueue<number>(2);
function producer() {
  for (let i = 0; i < 9; i++) {
    ring[i % 3] = i;
    queue.send(i % 3);
  }
}
function consumer() {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += ring[queue.receive()]!;
  console.log(sum);
}
const tasks = [spawn(producer), spawn(consumer)];
for (const task of tasks) task.join();

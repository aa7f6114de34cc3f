// finds: left, right. The message orders the producer's first round only; its second one may meet the consumer
import { spawn, sleep, Mutex, MessageQueue, Semaphore } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const queue = new MessageQueue<number>();
const over = new Semaphore(0);
function producer() {
  for (let i = 0; i < 4; i++) {
    left.withLock(() => right.withLock(() => {}));
    queue.send(i);
  }
  over.release();
}
function consumer() {
  while (over.available === 0) sleep(1);
  for (let i = 0; i < 4; i++) {
    queue.receive();
    right.withLock(() => left.withLock(() => {}));
  }
}
const tasks = [spawn(producer), spawn(consumer)];
for (const task of tasks) task.join();

// Each round waits for the other's message: the two orders take turns
import { spawn, Mutex, MessageQueue } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const there = new MessageQueue<number>();
const back = new MessageQueue<number>();
function one() {
  for (let i = 0; i < 4; i++) {
    left.withLock(() => right.withLock(() => {}));
    there.send(i);
    back.receive();
  }
}
function two() {
  for (let i = 0; i < 4; i++) {
    there.receive();
    right.withLock(() => left.withLock(() => {}));
    back.send(i);
  }
}
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

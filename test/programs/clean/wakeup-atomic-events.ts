// A counter that only goes forwards: who has seen n waits while it is n
import { spawn, sleep, Atomic } from "concurrency-playground";

const events = new Atomic(0);
function send() {
  for (let i = 0; i < 5; i++) {
    events.add(1);
    events.notify();
    if (i % 2 === 0) sleep(10);
  }
}
function receive() {
  for (let seen = 0; seen < 5; seen = events.load()) events.wait(seen);
}
const tasks = [spawn(send), spawn(receive), spawn(receive)];
for (const task of tasks) task.join();

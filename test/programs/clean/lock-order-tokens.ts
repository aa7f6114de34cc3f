// Dining philosophers with two tokens for three: the tokens are messages
import { spawn, Mutex, MessageQueue } from "concurrency-playground";

const forks = [new Mutex(), new Mutex(), new Mutex()];
const tokens = new MessageQueue<number>();
tokens.send(0);
tokens.send(1);
function dine(seat: number) {
  for (let i = 0; i < 3; i++) {
    const token = tokens.receive();
    forks[seat].withLock(() => forks[(seat + 1) % 3].withLock(() => {}));
    tokens.send(token);
  }
}
const tasks = [0, 1, 2].map((seat) => spawn(dine, seat));
for (const task of tasks) task.join();

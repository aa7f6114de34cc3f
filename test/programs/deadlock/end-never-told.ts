// waits: queue. Iterating ends when the queue is closed, and nobody closes it
import { spawn, MessageQueue } from "concurrency-playground";

const queue = new MessageQueue<number>();
function produce() { for (let i = 0; i < 3; i++) queue.send(i); }
spawn(produce);
for (const n of queue) console.log(n);

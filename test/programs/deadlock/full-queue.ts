// waits: queue
import { spawn, MessageQueue } from "concurrency-playground";

const queue = new MessageQueue<number>(1);
function work() { queue.send(1); queue.send(2); }
spawn(work).join();
console.log(queue.receive());

// waits: queue
import { spawn, MessageQueue } from "concurrency-playground";

const queue = new MessageQueue<number>();
function work() { queue.send(1); }
const task = spawn(work);
queue.receive();
queue.receive();
task.join();

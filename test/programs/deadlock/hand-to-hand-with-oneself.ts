// waits: queue. With capacity 0 nobody can send to itself
import { MessageQueue, spawn } from "concurrency-playground";

const queue = new MessageQueue<number>(0);
function work() { queue.send(1); queue.receive(); }
spawn(work).join();

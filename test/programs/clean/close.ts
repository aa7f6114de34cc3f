// The end of an iteration is ordered after close()
import { spawn, shared, MessageQueue } from "concurrency-playground";

let result = shared(0);
const queue = new MessageQueue<number>();
function produce() { queue.send(1); result = 9; queue.close(); }
const task = spawn(produce);
for (const message of queue) console.log(message);
console.log(result);
task.join();

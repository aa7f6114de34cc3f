// races: result. Nothing came in time
import { spawn, shared, Latch, MessageQueue, TimeoutError } from "concurrency-playground";

let result = shared(0);
const queue = new MessageQueue<number>();
const go = new Latch(1);
function work() { result = 7; go.wait(); queue.send(1); }
const task = spawn(work);
try { queue.receive(20); } catch (error) { if (error instanceof TimeoutError) result = -1; }
go.countDown();
task.join();
console.log(result);

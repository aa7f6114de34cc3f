// What tryReceive does receive orders
import { spawn, yieldNow, shared, MessageQueue } from "concurrency-playground";

let data = shared(0);
const news = new MessageQueue<string>();
function produce() { data = 42; news.send("written"); }
const task = spawn(produce);
while (news.tryReceive() === undefined) yieldNow();
console.log(data, news.length);
task.join();

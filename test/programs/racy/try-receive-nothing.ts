// races: data. Who receives nothing has waited for nobody
import { spawn, shared, Latch, MessageQueue } from "concurrency-playground";

let data = shared(0);
const news = new MessageQueue<string>();
const after = new Latch(1);
function produce() { data = 1; after.wait(); news.send("written"); }
const task = spawn(produce);
if (news.tryReceive() === undefined) data = 2;
after.countDown();
task.join();
console.log(data);

// A message carries what was written before it
import { spawn, shared, MessageQueue } from "concurrency-playground";

const box = shared({ value: 0 });
const ready = new MessageQueue<string>();
function produce() { box.value = 1; ready.send("go"); }
const task = spawn(produce);
ready.receive();
console.log(box.value);
task.join();

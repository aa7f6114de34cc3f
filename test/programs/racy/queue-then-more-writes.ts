// races: box. What is written after send() is not ordered by it
import { spawn, shared, MessageQueue } from "concurrency-playground";

const box = shared({ value: 0 });
const ready = new MessageQueue<number>();
function produce() { box.value = 1; ready.send(1); box.value = 2; }
const task = spawn(produce);
ready.receive();
console.log(box.value);
task.join();

// races: box. Modes: both. Who sends sharedMemory sends no copy
import { spawn, sharedMemory, MessageQueue } from "concurrency-playground";

const box = sharedMemory({ value: 0 });
const queue = new MessageQueue<{ value: number }>();
function consume() { queue.receive().value++; }
const task = spawn(consume);
queue.send(box);
box.value = 5;
task.join();

// The place that receive() frees carries back
import { spawn, shared, MessageQueue } from "concurrency-playground";

const slot = shared({ value: 0 });
const full = new MessageQueue<number>(0);
const empty = new MessageQueue<number>(0);
function produce() {
  for (let i = 1; i <= 5; i++) { slot.value = i; full.send(i); empty.receive(); }
  full.close();
}
const task = spawn(produce);
for (const i of full) { console.log(i, slot.value); slot.value = 0; empty.send(i); }
task.join();

// Two buffers that go round: only who has received one touches it
import { spawn, shared, MessageQueue } from "concurrency-playground";

const buffers = shared([[0, 0], [0, 0]]);
const empty = new MessageQueue<number>();
const full = new MessageQueue<number>();
function fill() { for (const which of empty) { buffers[which]![0]!++; buffers[which]![1] = which; full.send(which); } }
const task = spawn(fill);
empty.send(0);
empty.send(1);
let sum = 0;
for (let i = 0; i < 6; i++) { const which = full.receive(); sum += buffers[which]![0]!; empty.send(which); }
empty.close();
task.join();
console.log(sum);

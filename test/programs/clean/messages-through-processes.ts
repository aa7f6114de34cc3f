// Processes have no common variable, but a segment with a queue beside it
import { sharedMemory, MessageQueue, Process } from "concurrency-playground";

const box = sharedMemory({ text: "", n: 0 });
const there = new MessageQueue<string>(0);
const back = new MessageQueue<number>();
function child() { for (const text of there) { box.text += text; box.n++; back.send(box.n); } }
const task = Process.spawn(child);
for (const word of ["a", "b", "c"]) { there.send(word); back.receive(); box.n += 10; }
there.close();
task.join();
console.log(box.text, box.n);

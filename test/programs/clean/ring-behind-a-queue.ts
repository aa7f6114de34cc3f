// A full queue of two holds the writer back, so that a ring of four is never overrun
import { spawn, shared, MessageQueue } from "concurrency-playground";

const ring = shared([0, 0, 0, 0]);
const places = new MessageQueue<number>(2);
function produce() {
  for (let i = 0; i < 12; i++) { ring[i % 4] = i; places.send(i % 4); }
  places.close();
}
const task = spawn(produce);
let sum = 0;
for (const place of places) sum += ring[place]!;
task.join();
console.log(sum);

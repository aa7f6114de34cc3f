// A ring of one producer and one consumer
import { spawn, yieldNow, shared, Atomic } from "concurrency-playground";

const ring = shared(new Float64Array(4));
const head = new Atomic(0);
const tail = new Atomic(0);
function produce() {
  for (let i = 0; i < 20; i++) {
    while (tail.load() - head.load() === 4) yieldNow();
    ring[i % 4] = i;
    tail.store(i + 1);
  }
}
const task = spawn(produce);
let sum = 0;
for (let i = 0; i < 20; i++) {
  while (head.load() === tail.load()) yieldNow();
  sum += ring[i % 4]!;
  head.store(i + 1);
}
task.join();
console.log(sum);

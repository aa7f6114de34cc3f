// A lock made of compareExchange
import { spawn, shared, Atomic, yieldNow } from "concurrency-playground";

let counter = shared(0);
const held = new Atomic(0);
function add() {
  for (let i = 0; i < 10; i++) {
    while (held.compareExchange(0, 1) !== 0) yieldNow();
    counter++;
    held.store(0);
  }
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter);

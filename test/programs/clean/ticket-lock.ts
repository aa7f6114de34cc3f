// A lock that serves in turn
import { spawn, yieldNow, shared, Atomic } from "concurrency-playground";

let n = shared(0);
const next = new Atomic(0);
const serving = new Atomic(0);
function work() {
  for (let i = 0; i < 5; i++) {
    const mine = next.add(1);
    while (serving.load() !== mine) yieldNow();
    n++;
    serving.add(1);
  }
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(n);

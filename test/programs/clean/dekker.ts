// Dekker's algorithm on Atomics
import { spawn, yieldNow, shared, Atomic } from "concurrency-playground";

let n = shared(0);
const wants = [new Atomic(0), new Atomic(0)];
const turn = new Atomic(0);
function work(me: number) {
  const other = 1 - me;
  for (let i = 0; i < 5; i++) {
    wants[me]!.store(1);
    while (wants[other]!.load() === 1) {
      if (turn.load() === me) continue;
      wants[me]!.store(0);
      while (turn.load() !== me) yieldNow();
      wants[me]!.store(1);
    }
    n++;
    turn.store(other);
    wants[me]!.store(0);
  }
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();
console.log(n);

// A spin lock made of an Atomic: looks first, then tries
import { spawn, shared, Atomic } from "concurrency-playground";

let n = shared(0);
const taken = new Atomic(0);
function add() {
  for (let i = 0; i < 3; i++) {
    for (;;) {
      while (taken.load() === 1);
      if (taken.compareExchange(0, 1) === 0) break;
    }
    n++;
    taken.store(0);
  }
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();

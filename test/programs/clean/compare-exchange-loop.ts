// A load that another task's write makes stale: then compareExchange fails and the loop begins again
import { spawn, sleep, Atomic } from "concurrency-playground";

const counter = new Atomic(0);
function add() {
  for (let i = 0; i < 10; i++) {
    for (;;) {
      const seen = counter.load();
      if (i === 5) sleep(5);
      if (counter.compareExchange(seen, seen + 1) === seen) break;
    }
  }
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter.load());

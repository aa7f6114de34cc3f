// Each looks, tells what it saw, and leaves its own name: nothing is computed from what was read
import { spawn, Atomic, Barrier } from "concurrency-playground";

const last = new Atomic(0);
const looked = new Barrier(2);
function visit(me: number) {
  console.log("before me:", last.load());
  looked.wait();
  last.store(me);
}
const tasks = [spawn(visit, 1), spawn(visit, 2)];
for (const task of tasks) task.join();

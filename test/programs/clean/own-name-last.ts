// Each looks, and leaves a name that it knew before: nothing is computed from what was read, and nothing decided by it
import { spawn, Atomic, Barrier } from "concurrency-playground";

const owner = new Atomic(0);
const looked = new Barrier(2);
function visit(me: number) {
  const before = owner.load();
  looked.wait();
  owner.store(me);
  console.log("before me:", before);
}
const tasks = [spawn(visit, 1), spawn(visit, 2)];
for (const task of tasks) task.join();

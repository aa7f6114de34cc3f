// finds: owner. What is written was known before; whether to write it was decided by what was read
import { spawn, Atomic, Barrier } from "concurrency-playground";

const owner = new Atomic(0);
const looked = new Barrier(2);
function take(me: number) {
  const before = owner.load();
  looked.wait();
  if (before === 0) owner.store(me);
}
const tasks = [spawn(take, 1), spawn(take, 2)];
for (const task of tasks) task.join();

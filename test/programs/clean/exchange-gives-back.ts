// Who exchanges gets what the other has put there, however old its own look was
import { spawn, yieldNow, Atomic } from "concurrency-playground";

const top = new Atomic(0);
const looked = new Atomic(0);
const sum = new Atomic(0);
function put(mine: number) {
  const seen = top.load();
  looked.add(1);
  while (looked.load() < 3) yieldNow();
  // A list through the values: each task adds up what it takes out.
  const old = top.exchange(seen + mine);
  sum.add(old === seen ? 0 : old);
  if (top.exchange(0) > 0) sum.add(1);
}
const tasks = [spawn(put, 1), spawn(put, 2), spawn(put, 4)];
for (const task of tasks) task.join();
console.log(sum.load() >= 0);

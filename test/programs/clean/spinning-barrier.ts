// A barrier made of one Atomic
import { spawn, yieldNow, shared, Atomic } from "concurrency-playground";

const cells = shared([0, 0]);
const arrived = new Atomic(0);
function work(me: number) {
  cells[me] = me + 1;
  arrived.add(1);
  while (arrived.load() < 2) yieldNow();
  return cells[1 - me];
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

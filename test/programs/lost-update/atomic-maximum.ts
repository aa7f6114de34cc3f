// finds: best. Compared, then stored
import { spawn, yieldNow, Atomic } from "concurrency-playground";

const best = new Atomic(0);
const haveRead = new Atomic(0);
function work(me: number) {
  const seen = best.load();
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  if (seen < me + 1) best.store(me + 1);
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

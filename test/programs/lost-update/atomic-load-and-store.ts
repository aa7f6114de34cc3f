// finds: counter. Load and store are atomic each, the update of both is not
import { spawn, yieldNow, Atomic } from "concurrency-playground";

const counter = new Atomic(0);
const haveRead = new Atomic(0);
function add() {
  const seen = counter.load();
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  counter.store(seen + 1);
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();

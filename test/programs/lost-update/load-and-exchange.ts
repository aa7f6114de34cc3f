// finds: counter. What the exchange gives would tell that the value is another by now, but nobody uses it
import { spawn, yieldNow, Atomic } from "concurrency-playground";

const counter = new Atomic(0);
const haveRead = new Atomic(0);
function add() {
  const seen = counter.load();
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  counter.exchange(seen + 1);
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();

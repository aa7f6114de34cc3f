// finds: counter. Load and store are atomic each, the update of both is not
import { spawn, sleep, Atomic } from "concurrency-playground";

const counter = new Atomic(0);
function add() {
  for (let i = 0; i < 3; i++) {
    const seen = counter.load();
    sleep(30);
    counter.store(seen + 1);
  }
}
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();

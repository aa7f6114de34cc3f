// One order before the barrier, the other after it
import { spawn, Mutex, Barrier } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const phase = new Barrier(2);
function first() {
  left.withLock(() => right.withLock(() => {}));
  phase.wait();
}
function second() {
  phase.wait();
  right.withLock(() => left.withLock(() => {}));
}
const tasks = [spawn(first), spawn(second)];
for (const task of tasks) task.join();

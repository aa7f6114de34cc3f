// Hand over hand along a list: at most two locks at once, always in the list's order, and given back crosswise
import { spawn, shared, Mutex } from "concurrency-playground";

const locks = [new Mutex(), new Mutex(), new Mutex(), new Mutex()];
const values = shared([0, 0, 0, 0]);
function walk(step: number) {
  locks[0]!.lock();
  for (let i = 0; i < locks.length; i++) {
    values[i]! += step;
    if (i + 1 < locks.length) locks[i + 1]!.lock();
    locks[i]!.unlock();
  }
}
const tasks = [spawn(walk, 1), spawn(walk, 10), spawn(walk, 100)];
for (const task of tasks) task.join();
console.log(values.join(" "));

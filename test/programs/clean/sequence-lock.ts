// A reader that tries again; all that both touch is atomic
import { spawn, yieldNow, Atomic } from "concurrency-playground";

const version = new Atomic(0);
const x = new Atomic(0);
const y = new Atomic(0);
function write() { for (let i = 1; i <= 5; i++) { version.add(1); x.store(i); y.store(-i); version.add(1); } }
function read() {
  for (;;) {
    const before = version.load();
    const sum = x.load() + y.load();
    if (before % 2 === 0 && version.load() === before) return sum;
    yieldNow();
  }
}
const tasks = [spawn(write), spawn(read)];
for (const task of tasks) task.join();
console.log(tasks[1]!.join());

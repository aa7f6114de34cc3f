// finds: a, b. Guards in two orders
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
const over = new Semaphore(0);
function one() {
  {
    using first = a.guard();
    using second = b.guard();
    void [first, second];
  }
  over.release();
}
function two() { while (over.available === 0) sleep(1); using first = b.guard(); using second = a.guard(); void [first, second]; }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

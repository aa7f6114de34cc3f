// Whoever gets no permit leaves the variable alone
import { spawn, shared, Semaphore } from "concurrency-playground";

let n = shared(0);
const one = new Semaphore(1);
function work() {
  let got = 0;
  for (let i = 0; i < 20; i++) if (one.tryAcquire()) { n++; got++; one.release(); }
  return got;
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(n);

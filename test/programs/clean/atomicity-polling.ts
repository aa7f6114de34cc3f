// Polls under the lock, and takes in the same critical section
import { spawn, yieldNow, shared, Mutex } from "concurrency-playground";

const jobs = shared<number[]>([]);
let done = shared(false);
const lock = new Mutex();
function work() {
  let sum = 0;
  while (true) {
    lock.lock();
    if (jobs.length > 0) sum += jobs.shift()!;
    else if (done) { lock.unlock(); return sum; }
    lock.unlock();
    yieldNow();
  }
}
function produce() {
  for (let i = 1; i <= 10; i++) lock.withLock(() => jobs.push(i));
  lock.withLock(() => { done = true; });
}
const producer = spawn(produce);
if (producer.kind === "thread") {
  const workers = [spawn(work), spawn(work)];
  for (const worker of workers) worker.join();
}
producer.join();

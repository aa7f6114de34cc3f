// finds: gate, lock. In processes, too: a semaphore of one permit and a mutex the other way round
import { Process, sleep, Mutex, Semaphore } from "concurrency-playground";

const gate = new Semaphore(1);
const lock = new Mutex();
const over = new Semaphore(0);
function one() { gate.withPermit(() => lock.withLock(() => {})); over.release(); }
function two() {
  while (over.available === 0) sleep(1);
  lock.withLock(() => gate.withPermit(() => {}));
}
const tasks = [Process.spawn(one), Process.spawn(two)];
for (const task of tasks) task.join();

// finds: forks. All eat, one after the other
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const forks = [new Mutex(), new Mutex(), new Mutex()];
const over = new Semaphore(0);
function dine(me: number) {
  while (over.available < me) sleep(1);
  forks[me]!.withLock(() => forks[(me + 1) % 3]!.withLock(() => {}));
  over.release();
}
const tasks = [0, 1, 2].map((me) => spawn(dine, me));
for (const task of tasks) task.join();

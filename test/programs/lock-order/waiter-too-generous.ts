// finds: fork. The waiter lets all three sit down: their circle can close
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const fork = [new Mutex("fork 0"), new Mutex("fork 1"), new Mutex("fork 2")];
const waiter = new Semaphore(3);
const over = new Semaphore(0);
function dine(seat: number) {
  while (over.available < seat) sleep(1);
  waiter.withPermit(() => fork[seat].withLock(() => fork[(seat + 1) % 3].withLock(() => {})));
  over.release();
}
const tasks = [0, 1, 2].map((seat) => spawn(dine, seat));
for (const task of tasks) task.join();

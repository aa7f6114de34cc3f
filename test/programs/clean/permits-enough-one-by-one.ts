// Each needs two and takes one after the other: of three, one is left for whoever asks
import { spawn, sleep, Semaphore } from "concurrency-playground";

const tables = new Semaphore(3);
const over = new Semaphore(0);
function dine(after: number) {
  while (over.available < after) sleep(1);
  tables.acquire();
  tables.acquire();
  tables.release(2);
  over.release();
}
const tasks = [spawn(dine, 0), spawn(dine, 1)];
for (const task of tasks) task.join();

// finds: tables. Each needs two, and has one when it asks for the other: if both have one, none is left
import { spawn, sleep, Semaphore } from "concurrency-playground";

const tables = new Semaphore(2);
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

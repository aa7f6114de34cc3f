import { getHeapStatistics } from "node:v8";
import { MessageQueue, Semaphore, self, spawn } from "concurrency-playground";

// Megabytes that a task has when it has just begun, and what each of several that live at once adds to their process.
const TASKS = 8;
const told = new MessageQueue<number>();
const goOn = new Semaphore(0);
function idle() {
  told.send((self().kind === "process" ? process.memoryUsage.rss() : getHeapStatistics().total_heap_size) / 1e6);
  goOn.acquire();
}

const inOrder = (values: number[]) => values.sort((a, b) => a - b);
const first = spawn(idle); // what only the first one needs is not counted
told.receive();
goOn.release();
first.join();
const before = process.memoryUsage.rss();
const tasks = Array.from({ length: TASKS }, () => spawn(idle));
const sizes = inOrder(tasks.map(() => told.receive()));
const added = (process.memoryUsage.rss() - before) / 1e6 / TASKS;
goOn.release(TASKS);
for (const task of tasks) task.join();
console.log(`BENCH ${sizes[TASKS / 2]} ADDED ${added}`);

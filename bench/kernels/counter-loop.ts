import { spawn, shared, Semaphore } from "concurrency-playground";

const TIMES = 2_000_000;
let counter = shared(0);
const ready = new Semaphore(0);
const start = new Semaphore(0);
const done = new Semaphore(0);

function count() {
  ready.release();
  start.acquire();
  for (let i = 0; i < TIMES; i++) counter++;
  done.release();
}

const tasks = [spawn(count), spawn(count)];
ready.acquire(2);
const used = process.cpuUsage();
const began = performance.now();
start.release(2);
done.acquire(2);
const took = performance.now() - began;
const { user, system } = process.cpuUsage(used);
console.log(`BENCH ${took} ${(user + system) / 1000}`);
for (const task of tasks) task.join();

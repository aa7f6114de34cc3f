import { spawn, shared, Semaphore } from "concurrency-playground";

const LENGTH = 500_000;
const PASSES = 4;
const pixels = shared(new Float64Array(LENGTH));
const ready = new Semaphore(0);
const start = new Semaphore(0);
const done = new Semaphore(0);

function sweep(from: number, to: number) {
  ready.release();
  start.acquire();
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = from; i < to; i++) pixels[i] = pixels[i]! * 0.5 + i;
  }
  done.release();
}

const tasks = [spawn(sweep, 0, LENGTH / 2), spawn(sweep, LENGTH / 2, LENGTH)];
ready.acquire(2);
const used = process.cpuUsage();
const began = performance.now();
start.release(2);
done.acquire(2);
const took = performance.now() - began;
const { user, system } = process.cpuUsage(used);
console.log(`BENCH ${took} ${(user + system) / 1000}`);
for (const task of tasks) task.join();

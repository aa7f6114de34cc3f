import { spawn, shared, Mutex, Semaphore } from "concurrency-playground";

const ITEMS = 4_000;
const histogram = shared(new Int32Array(256));
const lock = new Mutex();
const ready = new Semaphore(0);
const start = new Semaphore(0);
const done = new Semaphore(0);

function work(seed: number) {
  const local = new Array<number>(256).fill(0);
  ready.release();
  start.acquire();
  let state = seed;
  for (let item = 1; item <= ITEMS; item++) {
    for (let i = 0; i < 100; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      local[state >>> 24]!++;
    }
    if (item % 100 === 0) {
      lock.lock();
      for (let i = 0; i < 256; i++) histogram[i]! += local[i]!;
      lock.unlock();
      local.fill(0);
    }
  }
  done.release();
}

const tasks = [spawn(work, 1), spawn(work, 2)];
ready.acquire(2);
const used = process.cpuUsage();
const began = performance.now();
start.release(2);
done.acquire(2);
const took = performance.now() - began;
const { user, system } = process.cpuUsage(used);
console.log(`BENCH ${took} ${(user + system) / 1000}`);
for (const task of tasks) task.join();

// A level that may go below zero; others only look at it, to show it
import { spawn, sleep, sharedMemory, Mutex } from "concurrency-playground";

let level = sharedMemory(0);
const lock = new Mutex();
function walk(step: number) {
  for (let i = 0; i < 10; i++) {
    const before = lock.withLock(() => level);
    if (i === 9) console.log(before);
    sleep(1);
    lock.withLock(() => { level += i % 2 === 0 ? step : -3 * step; });
  }
}
const tasks = [spawn(walk, 1), spawn(walk, -1)];
for (const task of tasks) task.join();

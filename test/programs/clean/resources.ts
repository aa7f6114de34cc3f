// A semaphore counts resources, a lock keeps their list
import { spawn, sharedMemory, Mutex, Semaphore } from "concurrency-playground";

const free = sharedMemory([1, 2]);
const places = new Semaphore(2);
const lock = new Mutex();
function work() {
  for (let i = 0; i < 4; i++) {
    places.acquire();
    const mine = lock.withLock(() => free.pop())!;
    lock.withLock(() => { free.push(mine); });
    places.release();
  }
}
const tasks = [spawn(work), spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(free.length);

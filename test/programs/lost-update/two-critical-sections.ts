// finds: balance. Each step is under the lock, the update of both is not
import { spawn, sleep, sharedMemory, Mutex } from "concurrency-playground";

let balance = sharedMemory(100);
const lock = new Mutex();
function deposit() {
  for (let i = 0; i < 3; i++) {
    const seen = lock.withLock(() => balance);
    sleep(30);
    lock.withLock(() => { balance = seen + 10; });
  }
}
const tasks = [spawn(deposit), spawn(deposit)];
for (const task of tasks) task.join();

// The first look only saves work; what counts is the second, in the critical section of the change
import { spawn, sleep, sharedMemory, Mutex } from "concurrency-playground";

let balance = sharedMemory(100);
const lock = new Mutex();
function withdraw(amount: number) {
  for (let i = 0; i < 3; i++) {
    const enough = lock.withLock(() => balance >= amount);
    sleep(20);
    if (!enough) continue;
    lock.withLock(() => {
      if (balance >= amount) balance -= amount;
    });
  }
}
const tasks = [spawn(withdraw, 40), spawn(withdraw, 30)];
for (const task of tasks) task.join();

// finds: balance. The check is in one critical section, the withdrawal in another
import { spawn, sharedMemory, Mutex, yieldNow, Atomic } from "concurrency-playground";

let balance = sharedMemory(100);
const lock = new Mutex();
const haveLooked = new Atomic(0);
function meet() {
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
}
function withdraw(amount: number) {
  const enough = lock.withLock(() => balance >= amount);
  meet();
  if (enough) lock.withLock(() => { balance -= amount; });
}
const tasks = [spawn(withdraw, 80), spawn(withdraw, 70)];
for (const task of tasks) task.join();
console.log(balance);

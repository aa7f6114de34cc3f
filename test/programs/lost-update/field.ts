// finds: account. The balance is asked for by one function and set by another
import { spawn, yieldNow, sharedMemory, Atomic, Mutex } from "concurrency-playground";

const account = sharedMemory({ balance: 100, owner: "Ada" });
const lock = new Mutex();
function balance() { return lock.withLock(() => account.balance); }
function setBalance(value: number) { lock.withLock(() => { account.balance = value; }); }
const haveRead = new Atomic(0);
function work() {
  const seen = balance();
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  setBalance(seen - 10);
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

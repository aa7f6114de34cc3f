// finds: locks. From here to there, and from there to here
import { spawn, sleep, sharedMemory, Mutex, Semaphore } from "concurrency-playground";

const accounts = sharedMemory([{ balance: 100 }, { balance: 100 }]);
const locks = [new Mutex(), new Mutex()];
const over = new Semaphore(0);
function transfer(from: number, to: number, after: number) {
  while (over.available < after) sleep(1);
  locks[from]!.withLock(() => locks[to]!.withLock(() => { accounts[from]!.balance -= 10; accounts[to]!.balance += 10; }));
  over.release();
}
const tasks = [spawn(transfer, 0, 1, 0), spawn(transfer, 1, 0, 1)];
for (const task of tasks) task.join();

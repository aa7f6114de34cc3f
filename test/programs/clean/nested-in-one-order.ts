import { spawn, sharedMemory, Mutex } from "concurrency-playground";

const from = sharedMemory({ balance: 50 });
const to = sharedMemory({ balance: 50 });
const fromLock = new Mutex();
const toLock = new Mutex();
function transfer(amount: number) { fromLock.withLock(() => toLock.withLock(() => { from.balance -= amount; to.balance += amount; })); }
const tasks = [spawn(transfer, 10), spawn(transfer, -20)];
for (const task of tasks) task.join();
console.log(from.balance, to.balance);

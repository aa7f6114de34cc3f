// races: account. Modes: both
import { spawn, sharedMemory } from "concurrency-playground";

const account = sharedMemory({ balance: 100, owner: "Ada" });
function work(amount: number) { account.balance -= amount; }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

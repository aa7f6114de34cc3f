// races: account
import { spawn, shared } from "concurrency-playground";

const account = shared({ balance: 100, owner: "Ada" });
function pay(amount: number) { account.balance -= amount; }
const tasks = [spawn(pay, 10), spawn(pay, 20)];
for (const task of tasks) task.join();

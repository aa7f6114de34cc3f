import { spawn, Atomic } from "concurrency-playground";

const counter = new Atomic(0);
function add() { for (let i = 0; i < 50; i++) counter.add(1); }
const tasks = [spawn(add), spawn(add)];
for (const task of tasks) task.join();
console.log(counter.load());

// races: last. The Atomic orders only what it publishes
import { spawn, shared, Atomic } from "concurrency-playground";

const next = new Atomic(0);
let last = shared(-1);
function take() { const mine = next.add(1); last = mine; }
const tasks = [spawn(take), spawn(take)];
for (const task of tasks) task.join();
console.log(last);

// wait and notify with a time
import { spawn, shared, Atomic } from "concurrency-playground";

const results = shared([0, 0]);
const left = new Atomic(2);
function work(me: number) { results[me] = me + 1; if (left.sub(1) === 1) left.notify(); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (let seen = left.load(); seen > 0; seen = left.load()) left.wait(seen, 50);
console.log(results[0]! + results[1]!);
for (const task of tasks) task.join();

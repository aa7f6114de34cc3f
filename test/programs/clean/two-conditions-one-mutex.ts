// One mutex, two conditions: each kind of waiter is told by its own
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

const lock = new Mutex();
const full = new Condition(lock);
const empty = new Condition(lock);
let item = sharedMemory(0);
function put() {
  for (let i = 1; i <= 5; i++) lock.withLock(() => { empty.waitUntil(() => item === 0); item = i; full.notify(); });
}
function take() {
  for (let i = 1; i <= 5; i++) lock.withLock(() => { full.waitUntil(() => item !== 0); item = 0; empty.notify(); });
}
const tasks = [spawn(put), spawn(take)];
for (const task of tasks) task.join();

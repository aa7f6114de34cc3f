// A wait that times out has the mutex again
import { spawn, shared, Mutex, Condition } from "concurrency-playground";

let tries = shared(0);
const lock = new Mutex();
const never = new Condition(lock);
function work() {
  lock.lock();
  for (let i = 0; i < 2; i++) if (!never.wait(5)) tries++;
  lock.unlock();
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(tries);

import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

const items = sharedMemory<number[]>([]);
const lock = new Mutex();
const notEmpty = new Condition(lock);
function consume() {
  lock.lock();
  notEmpty.waitUntil(() => items.length > 0);
  const item = items.shift();
  lock.unlock();
  return item;
}
const task = spawn(consume);
lock.withLock(() => { items.push(5); notEmpty.notify(); });
console.log(task.join());

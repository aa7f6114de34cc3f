// Producers and consumers with two conditions
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

const buffer = sharedMemory<number[]>([]);
const lock = new Mutex();
const notFull = new Condition(lock);
const notEmpty = new Condition(lock);
function produce(from: number) {
  for (let i = from; i < from + 5; i++) {
    using guard = lock.guard();
    void guard;
    while (buffer.length === 2) notFull.wait();
    buffer.push(i);
    notEmpty.notify();
  }
}
function consume() {
  let sum = 0;
  for (let i = 0; i < 5; i++) {
    using guard = lock.guard();
    void guard;
    while (buffer.length === 0) notEmpty.wait();
    sum += buffer.shift()!;
    notFull.notify();
  }
  return sum;
}
const consumers = [spawn(consume), spawn(consume)];
const producers = [spawn(produce, 0), spawn(produce, 100)];
for (const task of producers) task.join();
console.log(consumers[0]!.join() + consumers[1]!.join());

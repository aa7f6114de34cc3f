import { spawn, yieldNow, shared, Atomic } from "concurrency-playground";

let counter = shared(0);
const wants = [new Atomic(0), new Atomic(0)];
const turn = new Atomic(0);
function work(me: number) {
  const other = 1 - me;
  for (let i = 0; i < 5; i++) {
    wants[me].store(1);
    turn.store(other);
    while (wants[other].load() === 1 && turn.load() === other) yieldNow();
    counter++;
    wants[me].store(0);
  }
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();
console.log(counter);

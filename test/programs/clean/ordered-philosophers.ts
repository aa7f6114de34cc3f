// The last one takes its forks the other way round
import { spawn, shared, Mutex } from "concurrency-playground";

const forks = [new Mutex(), new Mutex(), new Mutex()];
const eaten = shared([0, 0, 0]);
function dine(me: number) {
  const [first, second] = [Math.min(me, (me + 1) % 3), Math.max(me, (me + 1) % 3)];
  for (let i = 0; i < 4; i++) forks[first]!.withLock(() => forks[second]!.withLock(() => { eaten[me]!++; }));
}
const tasks = [0, 1, 2].map((me) => spawn(dine, me));
for (const task of tasks) task.join();
console.log(eaten.join());

// Two buffers that change places at each round of a barrier
import { spawn, shared, Barrier } from "concurrency-playground";

const buffers = shared([[1, 2, 3], [0, 0, 0]]);
const barrier = new Barrier(3);
function work(me: number) {
  for (let round = 0; round < 4; round++) {
    const from = buffers[round % 2]!;
    const to = buffers[(round + 1) % 2]!;
    to[me] = from[me]! + from[(me + 1) % 3]!;
    barrier.wait();
  }
}
const tasks = [0, 1, 2].map((me) => spawn(work, me));
for (const task of tasks) task.join();
console.log(buffers[0]!.join(" "));

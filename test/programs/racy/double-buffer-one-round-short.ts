// races: buffers. Without the second buffer's round: who is ahead writes what the other still reads
import { spawn, shared, Barrier } from "concurrency-playground";

const buffers = shared([1, 2, 3]);
const barrier = new Barrier(3);
function work(me: number) {
  for (let round = 0; round < 2; round++) {
    const next = buffers[me]! + buffers[(me + 1) % 3]!;
    buffers[me] = next;
    barrier.wait();
  }
}
const tasks = [0, 1, 2].map((me) => spawn(work, me));
for (const task of tasks) task.join();

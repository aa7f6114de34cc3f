// Who came first does the work between two rounds
import { spawn, shared, Barrier } from "concurrency-playground";

const parts = shared([0, 0, 0]);
let total = shared(0);
const meet = new Barrier(3);
function work(me: number) {
  for (let round = 0; round < 3; round++) {
    parts[me]!++;
    if (meet.wait() === 0) total = parts[0]! + parts[1]! + parts[2]!;
    meet.wait();
    parts[me] = total;
  }
}
const tasks = [0, 1, 2].map((me) => spawn(work, me));
for (const task of tasks) task.join();
console.log(total);

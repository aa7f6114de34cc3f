import { spawn, shared, Barrier } from "concurrency-playground";

const now = shared([1, 2]);
const next = shared([0, 0]);
const meet = new Barrier(2);
function work(me: number) {
  for (let round = 0; round < 5; round++) {
    next[me] = now[0]! + now[1]!;
    meet.wait();
    now[me] = next[me]!;
    meet.wait();
  }
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

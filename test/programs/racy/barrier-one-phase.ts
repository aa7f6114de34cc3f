// races: next. No barrier between reading and writing
import { spawn, shared, Barrier } from "concurrency-playground";

const next = shared([0, 0]);
const meet = new Barrier(2);
function work(me: number) {
  meet.wait();
  next[me] = next[1 - me]! + 1;
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

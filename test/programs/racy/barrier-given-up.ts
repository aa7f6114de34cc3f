// races: n. Who gives up at a barrier has met nobody
import { spawn, shared, Barrier, TimeoutError } from "concurrency-playground";

let n = shared(0);
const meet = new Barrier(3);
function work() {
  try { meet.wait(5); } catch (error) { if (!(error instanceof TimeoutError)) throw error; }
  n++;
}
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// waits: meet
import { spawn, Barrier } from "concurrency-playground";

const meet = new Barrier(3);
function work() { meet.wait(); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// waits: meet. One comes once, the other twice
import { spawn, Barrier } from "concurrency-playground";

const meet = new Barrier(2);
function once() { meet.wait(); }
function twice() { meet.wait(); meet.wait(); }
const tasks = [spawn(once), spawn(twice)];
for (const task of tasks) task.join();

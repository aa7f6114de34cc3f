// Look at the lanes: as threads, all tasks share one process id; as processes, each has its own.
// Look at the order of the lines: run it a few times. Which worker comes first is not decided by this program.
// Look at the last line: join() waits for a task's end, so "All have finished" is always last. Why is that certain?
import { spawn, self } from "concurrency-playground";

function worker(n: number) {
  console.log(`Worker ${n} is running (process ${self().pid})`);
}

const tasks = [spawn(worker, 1), spawn(worker, 2)];
for (const task of tasks) task.join();
console.log("All have finished");

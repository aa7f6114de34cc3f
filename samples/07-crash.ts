// One of three tasks throws. Look at its lane: it ends there, and join() tells main about it.
// Look at the others: they go on, as threads and as processes, because an exception ends only its own task.
// Then write process.abort() in place of the throw: as threads everything dies at once, as processes still only one.
import { spawn, sleep, TaskCrashed } from "concurrency-playground";

function work(n: number): number {
  for (let step = 1; step <= 3; step++) {
    console.log(`Task ${n}, step ${step}`);
    if (n === 2 && step === 2) throw new Error("task 2 has a bad day");
    sleep(30);
  }
  return n * 10;
}

const tasks = [spawn(work, 1), spawn(work, 2), spawn(work, 3)];
for (const task of tasks) {
  try {
    console.log(`Task ${task.id} returned ${task.join()}`);
  } catch (error) {
    if (!(error instanceof TaskCrashed)) throw error;
    console.log(`Task ${error.task} did not return: ${error.message}`);
  }
}

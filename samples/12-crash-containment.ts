// One task calls process.abort(). Run it both ways and look at what else ends at that moment.
// As threads all tasks live in one process: it dies, and main and the bystander with it. The last line never appears.
// As processes only the aborted one dies. The others go on, and join() tells main what happened.
import { spawn, sleep, TaskCrashed } from "concurrency-playground";

function bystander() {
  sleep(300);
  console.log("The bystander is still here");
}

function reckless() {
  sleep(50);
  process.abort();
}

const other = spawn(bystander);
const task = spawn(reckless);
try {
  task.join();
} catch (error) {
  if (!(error instanceof TaskCrashed)) throw error;
  console.log(`Main goes on after: ${error.message}`);
}
other.join();
console.log("Main has survived");

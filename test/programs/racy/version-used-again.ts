// races: versions. Read-copy-update with two versions: the older one is written while somebody still reads it
import { spawn, sleep, shared, Atomic, Semaphore } from "concurrency-playground";

const versions = shared([[0, 0], [0, 0]]);
const current = new Atomic(0);
const chosen = new Semaphore(0);
function write() {
  while (chosen.available === 0) sleep(1);
  for (let next = 1; next < 4; next++) {
    versions[next % 2]![0] = next;
    versions[next % 2]![1] = next;
    current.store(next % 2);
  }
}
function read() {
  const at = current.load();
  chosen.release();
  console.log(versions[at]![0]! >= 0 && versions[at]![1]! >= 0);
}
const tasks = [spawn(write), spawn(read)];
for (const task of tasks) task.join();

// Several searchers look at the flag and set it: that two set it does no harm
import { spawn, sleep, shared, Atomic, Mutex } from "concurrency-playground";

let found = shared(false);
const stop = new Atomic(0);
const lock = new Mutex();
function search(from: number) {
  for (let i = from; i < 100 && stop.load() === 0 && !lock.withLock(() => found); i += 2) {
    sleep(1);
    if (i % 31 < 2) {
      stop.store(1);
      lock.withLock(() => { found = true; });
    }
  }
}
const tasks = [spawn(search, 0), spawn(search, 1)];
for (const task of tasks) task.join();

// finds: forks. All eat, one after the other
import { spawn, sleep, Mutex } from "concurrency-playground";

const forks = [new Mutex(), new Mutex(), new Mutex()];
function dine(me: number) {
  sleep(me * 150);
  forks[me]!.withLock(() => forks[(me + 1) % 3]!.withLock(() => {}));
}
const tasks = [0, 1, 2].map((me) => spawn(dine, me));
for (const task of tasks) task.join();

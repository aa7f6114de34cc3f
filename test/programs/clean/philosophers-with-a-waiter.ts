// A circle of forks that cannot close: the waiter lets one philosopher less to the table than there are forks
import { spawn, Mutex, Semaphore } from "concurrency-playground";

const forks = [new Mutex("fork 0"), new Mutex("fork 1"), new Mutex("fork 2")];
const waiter = new Semaphore(2);
function philosopher(i: number) {
  for (let meal = 0; meal < 3; meal++) waiter.withPermit(() => forks[i].withLock(() => forks[(i + 1) % 3].withLock(() => {})));
}
const tasks = [0, 1, 2].map((i) => spawn(philosopher, i));
for (const task of tasks) task.join();

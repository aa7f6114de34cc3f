// Look at the process ids: the two threads live in the main program's process, each process has one of its own.
// Look at the lanes' beginnings: how much longer does it take to create a process than a thread?
// Look at Memory: `greeted` is one variable for main and its threads, and a separate copy in each process.
import { Process, Thread, Mutex, self, shared } from "concurrency-playground";

let greeted = shared(0);
const lock = new Mutex();

function worker(what: string, n: number) {
  lock.withLock(() => {
    greeted++;
    console.log(`${what} ${n} is running (process ${self().pid}); greeted is ${greeted} here`);
  });
}

const tasks = [
  Process.spawn(worker, "Process", 1),
  Process.spawn(worker, "Process", 2),
  Thread.spawn(worker, "Thread", 1),
  Thread.spawn(worker, "Thread", 2),
];
for (const task of tasks) task.join();
lock.withLock(() => console.log(`All have finished. In the main process greeted is ${greeted}`));

// races: total. Everybody locks, each another one
import { spawn, shared, SpinLock } from "concurrency-playground";

let total = shared(0);
const locks = [new SpinLock(), new SpinLock()];
function work(me: number) { locks[me]!.withLock(() => { total += me; }); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();

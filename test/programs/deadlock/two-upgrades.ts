// waits: table. Two readers that both want to write
import { spawn, Barrier, ReadWriteLock } from "concurrency-playground";

const table = new ReadWriteLock(), both = new Barrier(2);
function work() { table.lockRead(); both.wait(); table.lockWrite(); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

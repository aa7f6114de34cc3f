// waits: lock, table. A reader keeps the writer out, the writer has what the reader needs next
import { spawn, Mutex, ReadWriteLock, Barrier } from "concurrency-playground";

const table = new ReadWriteLock();
const lock = new Mutex();
const both = new Barrier(2);
function one() { table.lockRead(); both.wait(); lock.lock(); }
function two() { lock.lock(); both.wait(); table.lockWrite(); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

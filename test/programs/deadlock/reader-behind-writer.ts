// waits: lock, table. A reader that arrives while a writer waits lets it go first
import { spawn, Mutex, ReadWriteLock, Latch } from "concurrency-playground";

const table = new ReadWriteLock();
const lock = new Mutex();
const reads = new Latch(1);
const holds = new Latch(1);
function reader() { table.lockRead(); reads.countDown(); holds.wait(); lock.lock(); }
function writer() { reads.wait(); lock.lock(); holds.countDown(); table.lockWrite(); }
const tasks = [spawn(reader), spawn(writer)];
for (const task of tasks) task.join();

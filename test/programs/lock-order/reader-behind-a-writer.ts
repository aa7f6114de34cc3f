// finds: data, log. Both only read data, yet who wants to read waits behind one that wants to write
import { spawn, sleep, Mutex, ReadWriteLock, Semaphore } from "concurrency-playground";

const data = new ReadWriteLock();
const log = new Mutex();
const over = new Semaphore(0);
function readAndLog() { data.withRead(() => log.withLock(() => {})); over.release(); }
function logAndRead() { while (over.available < 1) sleep(1); log.withLock(() => data.withRead(() => {})); over.release(); }
function write() { while (over.available < 2) sleep(1); data.withWrite(() => {}); }
const tasks = [spawn(readAndLog), spawn(logAndRead), spawn(write)];
for (const task of tasks) task.join();

// Readers in both orders with a mutex, and a writer that comes when they are gone
import { spawn, Mutex, ReadWriteLock } from "concurrency-playground";

const data = new ReadWriteLock();
const log = new Mutex();
function readAndLog() { data.withRead(() => log.withLock(() => {})); }
function logAndRead() { log.withLock(() => data.withRead(() => {})); }
const readers = [spawn(readAndLog), spawn(logAndRead)];
for (const task of readers) task.join();
data.withWrite(() => {});

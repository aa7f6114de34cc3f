// Readers do not order readers, and need not
import { spawn, shared, ReadWriteLock } from "concurrency-playground";

const data = shared({ x: 1 });
const lock = new ReadWriteLock();
function read() { lock.lockRead(); const x = data.x; lock.unlockRead(); return x; }
function write() { lock.lockWrite(); data.x++; lock.unlockWrite(); }
const tasks = [spawn(read), spawn(write), spawn(read), spawn(write)];
for (const task of tasks) task.join();

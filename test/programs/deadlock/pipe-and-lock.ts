// waits: lock, pipe. The reader holds the lock that the writer needs
import { spawn, Mutex, Pipe, Latch } from "concurrency-playground";

const lock = new Mutex();
const pipe = new Pipe();
const locked = new Latch(1);
function reads() { lock.withLock(() => { locked.countDown(); pipe.read(); }); }
function writes() { locked.wait(); lock.withLock(() => pipe.write("x")); }
const tasks = [spawn(reads), spawn(writes)];
for (const task of tasks) task.join();

// finds: lock. The task that unlocks is not the one that locked
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function unlock() { lock.unlock(); }
lock.lock();
const task = spawn(unlock);
try { task.join(); } catch { /* it crashed */ }
lock.unlock();

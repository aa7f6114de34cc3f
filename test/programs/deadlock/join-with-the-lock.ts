// waits: lock. Main waits for a task that waits for main's lock
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function work() { lock.withLock(() => {}); }
lock.lock();
spawn(work).join();
lock.unlock();

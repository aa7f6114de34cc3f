// waits: lock. Not reentrant either
import { spawn, SpinLock } from "concurrency-playground";

const lock = new SpinLock();
function work() { lock.withLock(() => lock.lock()); }
spawn(work).join();

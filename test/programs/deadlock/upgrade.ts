// waits: lock. A reader that locks for writing waits for itself
import { spawn, ReadWriteLock } from "concurrency-playground";

const lock = new ReadWriteLock();
function work() { lock.lockRead(); lock.lockWrite(); }
spawn(work).join();

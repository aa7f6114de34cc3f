// waits: changed
import { spawn, Mutex, Condition } from "concurrency-playground";

const lock = new Mutex();
const changed = new Condition(lock);
function work() { lock.lock(); changed.wait(); lock.unlock(); }
spawn(work).join();

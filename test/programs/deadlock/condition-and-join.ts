// waits: changed. Main joins the task that it should notify
import { spawn, Mutex, Condition } from "concurrency-playground";

const lock = new Mutex();
const changed = new Condition(lock);
function work() { lock.withLock(() => changed.wait()); }
const task = spawn(work);
task.join();
lock.withLock(() => changed.notify());

// finds: a, b. Main is a task as well
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
const over = new Semaphore(0);
function work() { a.withLock(() => b.withLock(() => {})); over.release(); }
const task = spawn(work);
while (over.available === 0) sleep(1);
b.withLock(() => a.withLock(() => {}));
task.join();

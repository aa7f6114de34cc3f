// finds: a, b. Main is a task as well
import { spawn, sleep, Mutex } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
function work() { a.withLock(() => b.withLock(() => {})); }
const task = spawn(work);
sleep(150);
b.withLock(() => a.withLock(() => {}));
task.join();

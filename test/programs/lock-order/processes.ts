// finds: a, b. Modes: both. Across processes in any mode
import { sleep, Mutex, Process } from "concurrency-playground";

const a = new Mutex();
const b = new Mutex();
function one() { a.withLock(() => b.withLock(() => {})); }
function two() { sleep(150); b.withLock(() => a.withLock(() => {})); }
const tasks = [Process.spawn(one), Process.spawn(two)];
for (const task of tasks) task.join();

// waits: changed. One notify, two that wait
import { spawn, sleep, Atomic, Mutex, Condition } from "concurrency-playground";

const lock = new Mutex();
const changed = new Condition(lock);
const waiting = new Atomic(0);
function work() { lock.lock(); waiting.add(1); changed.wait(); lock.unlock(); }
const tasks = [spawn(work), spawn(work)];
while (waiting.load() < 2) sleep(1);
lock.withLock(() => changed.notify());
for (const task of tasks) task.join();

// finds: mutex, spin. Two kinds
import { spawn, sleep, Mutex, SpinLock } from "concurrency-playground";

const mutex = new Mutex();
const spin = new SpinLock();
function one() { mutex.withLock(() => spin.withLock(() => {})); }
function two() { sleep(150); spin.withLock(() => mutex.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

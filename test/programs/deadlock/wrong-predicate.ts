// waits: changed. Notified, but what it waits for never comes true
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

let items = sharedMemory(0);
const lock = new Mutex();
const changed = new Condition(lock);
function consume() { lock.withLock(() => changed.waitUntil(() => items > 1)); }
const task = spawn(consume);
lock.withLock(() => { items++; changed.notifyAll(); });
task.join();

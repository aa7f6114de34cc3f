// finds: ready. notifyAll() wakes those who wait, and nobody does yet
import { spawn, Mutex, Condition, Latch } from "concurrency-playground";

const lock = new Mutex();
const ready = new Condition(lock);
const told = new Latch(1);
function waits() { told.wait(); lock.withLock(() => ready.wait()); }
function tells() { lock.withLock(() => ready.notifyAll()); told.countDown(); }
const tasks = [spawn(waits), spawn(tells)];
for (const task of tasks) task.join();

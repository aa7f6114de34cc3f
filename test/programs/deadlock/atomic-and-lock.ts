// waits: lock, state. Waits for a change with the lock in hand that the change needs
import { spawn, Atomic, Mutex, Latch } from "concurrency-playground";

const state = new Atomic(0);
const lock = new Mutex();
const locked = new Latch(1);
function waits() { lock.withLock(() => { locked.countDown(); state.wait(0); }); }
function changes() { locked.wait(); lock.withLock(() => { state.store(1); state.notify(); }); }
const tasks = [spawn(waits), spawn(changes)];
for (const task of tasks) task.join();

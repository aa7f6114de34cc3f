// Two permits, and only one other task that could keep a permit while it waits for the lock
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const seats = new Semaphore(2);
const door = new Mutex();
const over = new Semaphore(0);
function leave() { seats.withPermit(() => door.withLock(() => {})); over.release(); }
function enter() { while (over.available === 0) sleep(1); door.withLock(() => seats.withPermit(() => {})); }
const tasks = [spawn(leave), spawn(enter)];
for (const task of tasks) task.join();

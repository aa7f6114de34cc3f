// Two orders of two locks, with a flag, a message and a state under a mutex between them; each task comes too late to be woken
import { spawn, sleep, sharedMemory, Mutex, Atomic, Condition, MessageQueue, Semaphore } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const flag = new Atomic(0);
const queue = new MessageQueue<string>();
const lock = new Mutex();
const changed = new Condition(lock);
let over = sharedMemory(false);
/** How far it has come, which orders nothing: nobody takes a permit. */
const steps = new Semaphore(0);
function after(step: number) { while (steps.available < step) sleep(1); }
function one() { left.withLock(() => right.withLock(() => {})); flag.store(1); flag.notify(); steps.release(); }
function passOn() { after(1); flag.wait(0); queue.send("go"); }
function tell() { queue.receive(); lock.withLock(() => { over = true; changed.notifyAll(); }); steps.release(); }
function two() {
  after(2);
  lock.withLock(() => { while (!over) changed.wait(); });
  right.withLock(() => left.withLock(() => {}));
}
const tasks = [spawn(one), spawn(passOn), spawn(tell), spawn(two)];
for (const task of tasks) task.join();

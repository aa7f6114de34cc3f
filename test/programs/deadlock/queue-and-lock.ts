// waits: lock, queue. The sender needs the lock that the receiver holds
import { spawn, Mutex, Latch, MessageQueue } from "concurrency-playground";

const lock = new Mutex();
const queue = new MessageQueue<number>();
const held = new Latch(1);
function consume() { lock.lock(); held.countDown(); queue.receive(); lock.unlock(); }
function produce() { held.wait(); lock.withLock(() => queue.send(1)); }
const tasks = [spawn(consume), spawn(produce)];
for (const task of tasks) task.join();

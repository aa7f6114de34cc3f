// Two orders of two locks, but the second only after the first's message
import { spawn, Mutex, MessageQueue } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
const over = new MessageQueue<number>();
function one() { left.withLock(() => right.withLock(() => {})); over.send(1); }
function two() { over.receive(); right.withLock(() => left.withLock(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

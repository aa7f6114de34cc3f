// waits: lock
import { spawn, Mutex, MessageQueue } from "concurrency-playground";

const queue = new MessageQueue<number>();
const lock = new Mutex();
function work() { lock.lock(); }
lock.lock();
const task = spawn(work);
task.join();
queue.close();

// waits: lock, meet
import { spawn, Mutex, Barrier } from "concurrency-playground";

const lock = new Mutex();
const meet = new Barrier(2);
function work() { lock.lock(); meet.wait(); lock.unlock(); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

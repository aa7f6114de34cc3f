// waits: opened. Everybody waits before counting down
import { spawn, Latch } from "concurrency-playground";

const opened = new Latch(2);
function work() { opened.wait(); opened.countDown(); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

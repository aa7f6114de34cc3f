// waits: permits
import { spawn, Semaphore, Barrier } from "concurrency-playground";

const permits = new Semaphore(2);
const both = new Barrier(2);
function work() { permits.acquire(); both.wait(); permits.acquire(); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// races: config. Only the readers lock
import { spawn, shared, ReadWriteLock } from "concurrency-playground";

const config = shared({ level: 1, name: "start" });
const lock = new ReadWriteLock();
function read() { return lock.withRead(() => config.level); }
function change() { config.level = 2; }
const tasks = [spawn(read), spawn(change)];
for (const task of tasks) task.join();

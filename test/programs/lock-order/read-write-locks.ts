// finds: left, right. Writers
import { spawn, sleep, ReadWriteLock } from "concurrency-playground";

const left = new ReadWriteLock();
const right = new ReadWriteLock();
function one() { left.withWrite(() => right.withWrite(() => {})); }
function two() { sleep(150); right.withWrite(() => left.withWrite(() => {})); }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) task.join();

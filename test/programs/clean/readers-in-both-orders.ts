// Two read-write locks in both orders, by readers only: who reads does not wait for who reads
import { spawn, ReadWriteLock } from "concurrency-playground";

const left = new ReadWriteLock();
const right = new ReadWriteLock();
function leftFirst() { left.withRead(() => right.withRead(() => {})); }
function rightFirst() { right.withRead(() => left.withRead(() => {})); }
const tasks = [spawn(leftFirst), spawn(rightFirst)];
for (const task of tasks) task.join();

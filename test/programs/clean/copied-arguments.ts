// Arguments are copies, unless they are shared
import { spawn, sharedMemory, Mutex } from "concurrency-playground";

function work(own: number[], common: number[], lock: Mutex) { own.push(1); lock.withLock(() => { common.push(own.length); }); }
const plain = [0];
const list = sharedMemory<number[]>([]);
const lock = new Mutex();
const tasks = [spawn(work, plain, list, lock), spawn(work, plain, list, lock)];
for (const task of tasks) task.join();
console.log(plain.length, list.length);

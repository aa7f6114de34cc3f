// A chain of hand-overs: what the first wrote the last may read
import { spawn, shared, Semaphore } from "concurrency-playground";

let word = shared("");
const turns = [new Semaphore(1), new Semaphore(0), new Semaphore(0), new Semaphore(0)];
function add(me: number) { turns[me]!.acquire(); word += me; turns[me + 1]!.release(); }
const tasks = [2, 0, 1].map((me) => spawn(add, me));
turns[3]!.acquire();
console.log(word);
for (const task of tasks) task.join();

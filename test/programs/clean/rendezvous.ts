// Each waits for the other
import { spawn, shared, Semaphore } from "concurrency-playground";

const left = shared({ value: 0 });
const right = shared({ value: 0 });
const leftCame = new Semaphore(0);
const rightCame = new Semaphore(0);
function one() { left.value = 1; leftCame.release(); rightCame.acquire(); return right.value; }
function two() { right.value = 2; rightCame.release(); leftCame.acquire(); return left.value; }
const tasks = [spawn(one), spawn(two)];
for (const task of tasks) console.log(task.join());

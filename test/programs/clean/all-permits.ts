// Who takes both permits is alone
import { spawn, shared, Semaphore } from "concurrency-playground";

let n = shared(0);
const places = new Semaphore(2);
function work() { for (let i = 0; i < 10; i++) { places.acquire(2); n++; places.release(2); } }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(n, places.available);

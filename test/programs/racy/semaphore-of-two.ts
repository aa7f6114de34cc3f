// races: inside. Two permits let two tasks in
import { spawn, shared, Semaphore } from "concurrency-playground";

let inside = shared(0);
const places = new Semaphore(2);
function work() { places.withPermit(() => { inside++; }); }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();
console.log(inside);

import { spawn, shared, SpinLock } from "concurrency-playground";

const point = shared({ x: 0, y: 0 });
const lock = new SpinLock();
function work() { for (let i = 0; i < 10; i++) { using guard = lock.guard(); void guard; point.x++; point.y = point.x; } }
const tasks = [spawn(work), spawn(work)];
for (const task of tasks) task.join();

// Nothing is stored: the notify alone orders
import { spawn, sleep, shared, Atomic } from "concurrency-playground";

let data = shared(0);
const bell = new Atomic(0);
function waiter() { bell.wait(0); console.log(data); }
function ringer() { data = 1; while (bell.notify() === 0) sleep(1); }
const tasks = [spawn(waiter), spawn(ringer)];
for (const task of tasks) task.join();

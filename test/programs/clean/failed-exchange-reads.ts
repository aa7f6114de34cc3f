// A compareExchange that fails has read all the same
import { spawn, shared, Atomic } from "concurrency-playground";

let data = shared(0);
const flag = new Atomic(0);
function writer() { data = 1; flag.store(1); }
function reader() { while (flag.compareExchange(5, 6) !== 1); console.log(data); }
const tasks = [spawn(writer), spawn(reader)];
for (const task of tasks) task.join();

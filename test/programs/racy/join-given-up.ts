// races: result. Joining in vain is not joining
import { spawn, shared, Latch } from "concurrency-playground";

let result = shared(0);
const go = new Latch(1);
function work() { result = 7; go.wait(); }
const task = spawn(work);
try { task.join(20); } catch { result = -1; }
go.countDown();
task.join();
console.log(result);

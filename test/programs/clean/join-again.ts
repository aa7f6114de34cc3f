// Joined in vain, then for good
import { spawn, shared, Latch } from "concurrency-playground";

let n = shared(0);
const go = new Latch(1);
function work() { go.wait(); n = 1; }
const task = spawn(work);
try { task.join(5); } catch { go.countDown(); }
task.join();
task.join();
console.log(n, task.state);

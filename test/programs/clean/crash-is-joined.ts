// Joining a crashed task orders as well
import { spawn, shared } from "concurrency-playground";

let progress = shared(0);
function work() { progress = 1; throw new Error("expected"); }
const task = spawn(work);
try { task.join(); } catch { progress = 2; }
console.log(progress);

// races: n. The sibling has not joined it; main has
import { spawn, sleep, shared, Semaphore, TaskCrashed } from "concurrency-playground";

let n = shared(0);
const over = new Semaphore(0);
function crashes() { n = 1; over.release(); throw new Error("on purpose"); }
function looks() { while (over.available === 0) sleep(1); console.log(n); }
const first = spawn(crashes);
const second = spawn(looks);
try { first.join(); } catch (error) { if (!(error instanceof TaskCrashed)) throw error; }
second.join();

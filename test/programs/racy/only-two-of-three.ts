// races: sum. Main joins one of the two
import { spawn, shared, Latch, Mutex } from "concurrency-playground";

let sum = shared(0);
const lock = new Mutex();
const added = new Latch(1);
function early() { lock.withLock(() => { sum += 1; }); added.countDown(); }
function late() { added.wait(); lock.withLock(() => { sum += 2; }); }
const first = spawn(early);
const second = spawn(late);
first.join();
console.log(sum);
second.join();

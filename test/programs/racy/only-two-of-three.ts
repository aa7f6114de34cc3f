// races: sum. Main joins one of the two
import { spawn, sleep, shared, Mutex } from "concurrency-playground";

let sum = shared(0);
const lock = new Mutex();
function add(n: number) { if (n === 2) sleep(100); lock.withLock(() => { sum += n; }); }
const first = spawn(add, 1);
const second = spawn(add, 2);
first.join();
console.log(sum);
second.join();

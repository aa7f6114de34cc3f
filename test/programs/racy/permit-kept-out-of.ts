// races: n. tryAcquire failed, and on it goes
import { spawn, shared, Semaphore, Latch } from "concurrency-playground";

let n = shared(0);
const one = new Semaphore(1);
const done = new Latch(1);
const held = new Latch(1);
function holder() { one.acquire(); held.countDown(); n++; done.wait(); one.release(); }
const task = spawn(holder);
held.wait();
one.tryAcquire(5);
n++;
done.countDown();
task.join();

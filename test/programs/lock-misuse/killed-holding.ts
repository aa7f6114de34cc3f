// finds: lock. Whoever kills a task ends it wherever it is. (What a task prints, it has told before)
import { spawn, sleep, Mutex, Latch } from "concurrency-playground";

const lock = new Mutex(), inside = new Latch(1);
function work() { lock.lock(); console.log("inside"); inside.countDown(); for (;;) sleep(5); }
const task = spawn(work);
inside.wait();
task.kill();

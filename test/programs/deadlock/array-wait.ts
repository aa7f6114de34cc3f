// waits: flag[0]. Atomics.wait on a shared array that nobody notifies
import { spawn, sharedMemory } from "concurrency-playground";

const flag = sharedMemory(new Int32Array(1));
function work() { Atomics.wait(flag, 0, 0); }
spawn(work).join();

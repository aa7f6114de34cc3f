// waits: gate. Main joins with the permit in hand that the task needs
import { spawn, Semaphore } from "concurrency-playground";

const gate = new Semaphore(1);
function work() { gate.acquire(); gate.release(); }
gate.acquire();
spawn(work).join();

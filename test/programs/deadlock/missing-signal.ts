// waits: ready
import { spawn, Semaphore } from "concurrency-playground";

const ready = new Semaphore(0);
function work() { ready.acquire(); }
spawn(work).join();

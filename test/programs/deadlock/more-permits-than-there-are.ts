// waits: places
import { spawn, Semaphore } from "concurrency-playground";

const places = new Semaphore(2);
function work() { places.acquire(3); }
spawn(work).join();

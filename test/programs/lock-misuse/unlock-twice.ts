// finds: lock. Dies: yes
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function work() { lock.lock(); lock.unlock(); lock.unlock(); }
try { spawn(work).join(); } catch { /* it crashed */ }

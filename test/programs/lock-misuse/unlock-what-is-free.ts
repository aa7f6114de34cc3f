// finds: lock. Nobody holds it. Dies: yes
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function work() { lock.unlock(); }
try { spawn(work).join(); } catch { /* it crashed */ }

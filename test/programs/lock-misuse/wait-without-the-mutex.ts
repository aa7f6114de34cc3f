// finds: lock. wait() gives back a mutex that it must hold. Dies: yes
import { spawn, Mutex, Condition } from "concurrency-playground";

const lock = new Mutex();
const changed = new Condition(lock);
function work() { changed.wait(); }
try { spawn(work).join(); } catch { /* it crashed */ }

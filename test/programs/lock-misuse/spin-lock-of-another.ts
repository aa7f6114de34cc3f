// finds: spin. Dies: yes
import { spawn, SpinLock } from "concurrency-playground";

const spin = new SpinLock();
function work() { spin.unlock(); }
spin.lock();
try { spawn(work).join(); } catch { /* it crashed */ }
spin.unlock();

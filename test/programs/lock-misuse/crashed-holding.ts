// finds: lock. The next one gets an error instead of the lock. Dies: yes
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function divide(by: bigint) { lock.lock(); const result = 10n / by; lock.unlock(); return result; }
try { spawn(divide, 0n).join(); } catch { /* it crashed */ }
try { lock.lock(); } catch { /* nobody gets it any more */ }

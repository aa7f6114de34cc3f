// finds: lock. The exception skips the unlock; withLock would not
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function work() {
  try { lock.lock(); throw new Error("inside"); } catch { return 0; }
  return 1;
}
spawn(work).join();

// finds: lock. withLock unlocks by itself
import { spawn, Mutex, NotOwnerError } from "concurrency-playground";

const lock = new Mutex();
function work() {
  try { lock.withLock(() => lock.unlock()); } catch (error) { if (!(error instanceof NotOwnerError)) throw error; }
}
spawn(work).join();

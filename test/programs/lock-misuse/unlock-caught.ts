// finds: lock. The error is caught, the mistake remains
import { spawn, Mutex } from "concurrency-playground";

const lock = new Mutex();
function work() { try { lock.unlock(); } catch { return "it was not ours"; } return "?"; }
console.log(spawn(work).join());

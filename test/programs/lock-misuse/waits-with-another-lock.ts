// finds: changed. It holds a mutex, but not the condition's. Dies: yes
import { spawn, Mutex, Condition, TaskCrashed } from "concurrency-playground";

const lock = new Mutex();
const other = new Mutex();
const changed = new Condition(lock);
function work() { other.withLock(() => changed.wait()); }
try { spawn(work).join(); } catch (error) { if (!(error instanceof TaskCrashed)) throw error; }

// Two orders of two locks in one task
import { spawn, Mutex } from "concurrency-playground";

const left = new Mutex();
const right = new Mutex();
function work() {
  left.withLock(() => right.withLock(() => {}));
  right.withLock(() => left.withLock(() => {}));
}
spawn(work).join();

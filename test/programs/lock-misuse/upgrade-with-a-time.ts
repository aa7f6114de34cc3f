// finds: table. A reader tries to lock for writing, with a time: it can't succeed
import { spawn, shared, ReadWriteLock } from "concurrency-playground";

let version = shared(1);
const table = new ReadWriteLock();
function work() {
  table.lockRead();
  if (version === 1 && table.tryLockWrite(20)) { version = 2; table.unlockWrite(); }
  table.unlockRead();
}
spawn(work).join();

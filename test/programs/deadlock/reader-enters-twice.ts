// finds: data. A reader enters again while a writer waits, who goes first
import { spawn, sleep, ReadWriteLock, Latch } from "concurrency-playground";

const data = new ReadWriteLock();
const inside = new Latch(1);
function read() {
  data.lockRead();
  inside.countDown();
  // Until the writer waits.
  while (data.tryLockRead()) { data.unlockRead(); sleep(1); }
  data.lockRead();
  data.unlockRead();
  data.unlockRead();
}
function write() { inside.wait(); data.withWrite(() => {}); }
const tasks = [spawn(read), spawn(write)];
for (const task of tasks) task.join();

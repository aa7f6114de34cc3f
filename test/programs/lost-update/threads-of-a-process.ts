// finds: n. In a child process
import { yieldNow, shared, Atomic, Mutex, Thread, Process } from "concurrency-playground";

let n = shared(0);
const lock = new Mutex();
const haveRead = new Atomic(0);
function add() {
  const seen = lock.withLock(() => n);
  haveRead.add(1);
  while (haveRead.load() < 2) yieldNow();
  lock.withLock(() => { n = seen + 1; });
}
function team() { const members = [Thread.spawn(add), Thread.spawn(add)]; for (const member of members) member.join(); }
Process.spawn(team).join();

// The second check, in the critical section of the write, is what counts
import { spawn, sharedMemory, Mutex } from "concurrency-playground";

let seats = sharedMemory(3);
const lock = new Mutex();
function book() {
  let got = 0;
  for (let i = 0; i < 5; i++) {
    const free = lock.withLock(() => seats);
    if (free === 0) continue;
    lock.withLock(() => {
      if (seats > 0) { seats--; got++; }
    });
  }
  return got;
}
const tasks = [spawn(book), spawn(book)];
console.log(tasks[0].join() + tasks[1].join());

// A quick look without holding the lock for long, and another one where it counts
import { spawn, sharedMemory, Mutex, yieldNow, Atomic } from "concurrency-playground";

const MAX = 1;
let inside = sharedMemory(0);
const door = new Mutex();
const haveLooked = new Atomic(0);
function visit() {
  const room = door.withLock(() => inside < MAX);
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
  if (room) door.withLock(() => { if (inside < MAX) inside++; });
}
const tasks = [spawn(visit), spawn(visit)];
for (const task of tasks) task.join();
console.log(inside);

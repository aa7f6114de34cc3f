// finds: inside. Two see room for one, each in a critical section of its own, and both go in
import { spawn, sharedMemory, Mutex, yieldNow, Atomic } from "concurrency-playground";

const MAX = 1;
let inside = sharedMemory(0);
const door = new Mutex();
const haveLooked = new Atomic(0);
function meet() {
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
}
function visit() {
  const room = door.withLock(() => inside < MAX);
  meet();
  if (room) door.withLock(() => { inside++; });
}
const tasks = [spawn(visit), spawn(visit)];
for (const task of tasks) task.join();
console.log(inside);

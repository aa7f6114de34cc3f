// finds: room.members. Who finds it full goes away again; who does not comes in later
import { shared, Thread, Mutex, yieldNow, Atomic } from "concurrency-playground";

const room = shared({ members: 2 });
const lock = new Mutex();
const haveLooked = new Atomic(0);
function join() {
  lock.lock();
  const members = room.members;
  lock.unlock();
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
  if (members >= 3) return;
  lock.lock();
  room.members += 1;
  lock.unlock();
}
const tasks = [Thread.spawn(join), Thread.spawn(join)];
for (const task of tasks) task.join();
console.log(room.members);

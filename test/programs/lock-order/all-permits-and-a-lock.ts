// finds: seats, door. Two sit and want to go out, one stands in the door and wants to sit
import { spawn, sleep, Mutex, Semaphore } from "concurrency-playground";

const seats = new Semaphore(2);
const door = new Mutex();
const over = new Semaphore(0);
function leave(after: number) {
  while (over.available < after) sleep(1);
  seats.withPermit(() => door.withLock(() => {}));
  over.release();
}
function enter(after: number) {
  while (over.available < after) sleep(1);
  door.withLock(() => seats.withPermit(() => {}));
}
const tasks = [spawn(leave, 0), spawn(leave, 1), spawn(enter, 2)];
for (const task of tasks) task.join();

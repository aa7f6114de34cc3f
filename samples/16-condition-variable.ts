// A cook puts dishes on a counter with room for two; guests take them. Who can't go on waits on a condition variable.
// Look at a wait on `filled`: it releases the mutex, so the cook can get in, and takes it again before it goes on.
// waitUntil() looks again after each wake-up: between the notification and the lock another guest may have been faster.
import { spawn, sharedMemory, Mutex, Condition } from "concurrency-playground";

const ROOM = 2;
const DISHES = 6;
const counter = sharedMemory({ dishes: 0 });
const lock = new Mutex();
const filled = new Condition(lock);
const emptied = new Condition(lock);

function cook() {
  for (let i = 1; i <= DISHES; i++) {
    lock.lock();
    emptied.waitUntil(() => counter.dishes < ROOM);
    counter.dishes++;
    filled.notify();
    lock.unlock();
  }
}

function guest(): number {
  let eaten = 0;
  while (eaten < DISHES / 2) {
    lock.lock();
    filled.waitUntil(() => counter.dishes > 0);
    counter.dishes--;
    eaten++;
    emptied.notify();
    lock.unlock();
  }
  return eaten;
}

const guests = [spawn(guest), spawn(guest)];
const kitchen = spawn(cook);
kitchen.join();
const eaten = guests.map((task) => task.join());
console.log(`Eaten ${eaten.join(" + ")} of ${DISHES}, left ${counter.dishes}`);

// finds: held. A lock made of load and store lets both in
import { spawn, sleep, Atomic, yieldNow } from "concurrency-playground";

const held = new Atomic(0);
const inside = new Atomic(0);
const arrived = new Atomic(0);
/** Both are here. */
function meet(arrivals: number) {
  arrived.add(1);
  while (arrived.load() < arrivals) yieldNow();
}
function enter() {
  while (held.load() === 1) sleep(1);
  meet(2);
  held.store(1);
  inside.add(1);
  meet(4);
  inside.sub(1);
  held.store(0);
}
const tasks = [spawn(enter), spawn(enter)];
for (const task of tasks) task.join();

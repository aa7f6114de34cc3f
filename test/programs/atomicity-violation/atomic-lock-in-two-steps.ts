// finds: held. A lock made of load and store lets both in
import { spawn, sleep, Atomic, yieldNow } from "concurrency-playground";

const held = new Atomic(0);
const inside = new Atomic(0);
const haveLooked = new Atomic(0);
function meet() {
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
}
function enter() {
  while (held.load() === 1) sleep(1);
  meet();
  held.store(1);
  inside.add(1);
  sleep(100);
  inside.sub(1);
  held.store(0);
}
const tasks = [spawn(enter), spawn(enter)];
for (const task of tasks) task.join();

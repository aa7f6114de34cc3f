// A look whether there are tickets left, and who draws one looks at its number
import { spawn, Atomic, yieldNow } from "concurrency-playground";

const TICKETS = 1;
const drawn = new Atomic(0);
const haveLooked = new Atomic(0);
function draw() {
  const left = drawn.load() < TICKETS;
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
  if (left) {
    const ticket = drawn.add(1);
    if (ticket < TICKETS) console.log("ticket", ticket);
  }
}
const tasks = [spawn(draw), spawn(draw)];
for (const task of tasks) task.join();

// finds: seats. Load and sub are atomic each; between them the seat goes to another
import { spawn, Atomic, yieldNow } from "concurrency-playground";

const seats = new Atomic(1);
const haveLooked = new Atomic(0);
function meet() {
  haveLooked.add(1);
  while (haveLooked.load() < 2) yieldNow();
}
function book() {
  if (seats.load() > 0) {
    meet();
    seats.sub(1);
  }
}
const tasks = [spawn(book), spawn(book)];
for (const task of tasks) task.join();
console.log(seats.load());

// Takes first, and gives back where it was too much: the look before only saves work
import { spawn, sleep, Atomic } from "concurrency-playground";

const seats = new Atomic(3);
function book() {
  let got = 0;
  for (let i = 0; i < 4; i++) {
    if (seats.load() <= 0) continue;
    sleep(5);
    if (seats.sub(1) > 0) got++;
    else seats.add(1);
  }
  return got;
}
const tasks = [spawn(book), spawn(book), spawn(book)];
let sum = 0;
for (const task of tasks) sum += task.join();
console.log(sum);

// Different slots never conflict
import { spawn, shared } from "concurrency-playground";

const results = shared([0, 0, 0, 0]);
const pixels = shared(new Uint8Array(64));
function work(me: number) {
  for (let i = 0; i < 10; i++) results[me]! += i;
  for (let i = me * 16; i < me * 16 + 16; i++) pixels[i] = me;
}
const tasks = [0, 1, 2, 3].map((me) => spawn(work, me));
for (const task of tasks) task.join();
console.log(results.length, pixels[17]);

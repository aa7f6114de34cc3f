// Each stores into `turn` only when it is its own: nobody else writes between its load and its store
import { spawn, yieldNow, shared, Atomic } from "concurrency-playground";

let value = shared(0);
const turn = new Atomic(0);
function play(me: number) {
  for (let i = 0; i < 5; i++) {
    while (turn.load() !== me) yieldNow();
    value++;
    turn.store(1 - me);
  }
}
const tasks = [spawn(play, 0), spawn(play, 1)];
for (const task of tasks) task.join();
console.log(value);

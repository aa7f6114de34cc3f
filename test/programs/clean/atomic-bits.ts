// Every operation of an Atomic
import { spawn, Atomic } from "concurrency-playground";

const bits = new Atomic(0);
const count = new Atomic(10);
function work(me: number) {
  bits.or(1 << me);
  bits.xor(4 << me);
  bits.and(~0);
  count.sub(1);
  count.exchange(count.load());
  return bits.load();
}
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();
console.log(bits.load());

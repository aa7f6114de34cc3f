// Treiber's stack: indices for pointers, a counter against ABA
import { spawn, shared, Atomic } from "concurrency-playground";

const next = shared(new Int32Array(16));
const value = shared(new Int32Array(16));
const top = new Atomic(0);
const free = new Atomic(1);
function push(n: number) {
  const node = free.add(1);
  value[node] = n;
  for (;;) {
    const seen = top.load();
    next[node] = seen & 0xff;
    if (top.compareExchange(seen, (((seen >>> 8) + 1) << 8) | node) === seen) return;
  }
}
function work(me: number) { for (let i = 1; i < 5; i++) push(me * 10 + i); }
const tasks = [spawn(work, 0), spawn(work, 1)];
for (const task of tasks) task.join();
let sum = 0;
for (let node = top.load() & 0xff; node !== 0; node = next[node]!) sum += value[node]!;
console.log(sum);

import { spawn, MessageQueue, Semaphore } from "concurrency-playground";

const ROUNDS = 20_000;
const there = new MessageQueue<number>();
const back = new MessageQueue<number>();
const ready = new Semaphore(0);

function echo() {
  ready.release();
  for (const n of there) back.send(n + 1);
}

const task = spawn(echo);
ready.acquire();
const used = process.cpuUsage();
const began = performance.now();
let n = 0;
for (let i = 0; i < ROUNDS; i++) {
  there.send(n);
  n = back.receive();
}
const took = performance.now() - began;
const { user, system } = process.cpuUsage(used);
console.log(`BENCH ${took} ${(user + system) / 1000}`);
there.close();
task.join();

import { once } from "node:events";
import { Worker, isMainThread } from "node:worker_threads";

const TIMES = 10;
const one = () => once(new Worker(new URL(import.meta.url)), "exit");
if (isMainThread) {
  await one();
  const began = performance.now();
  for (let i = 0; i < TIMES; i++) await one();
  console.log(`BENCH ${(performance.now() - began) / TIMES}`);
}

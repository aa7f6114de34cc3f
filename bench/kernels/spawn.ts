import { spawn } from "concurrency-playground";

const TIMES = 10;
function nothing() {}

spawn(nothing).join(); // what only the first one needs is not counted
const began = performance.now();
for (let i = 0; i < TIMES; i++) spawn(nothing).join();
console.log(`BENCH ${(performance.now() - began) / TIMES}`);

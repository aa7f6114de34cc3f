import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const TIMES = 10;
const one = () => once(fork(fileURLToPath(import.meta.url), ["child"]), "exit");
if (process.argv[2] !== "child") {
  await one();
  const began = performance.now();
  for (let i = 0; i < TIMES; i++) await one();
  console.log(`BENCH ${(performance.now() - began) / TIMES}`);
} else process.disconnect();

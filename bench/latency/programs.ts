import type { RunMode } from "../../src/trace";

/** A program whose tasks tell on lines "AT n milliseconds" when they did what the n-th finding is about. */
export interface Program {
  readonly name: string;
  readonly mode: RunMode;
  readonly text: string;
}

/** Data races in each program. */
const RACES = 8;
/** Milliseconds between them. */
const APART = 150;

const each = (one: (n: number) => string): string => Array.from({ length: RACES }, (_, n) => one(n)).join("\n");

/** Races on variables v0, v1, … one after the other; between them, and after the last, each task does `meanwhile`. */
function racing(declare: (n: number) => string, meanwhile: string, imports: string): string {
  return `import { ${imports} } from "concurrency-playground";
${each(declare)}
let busy = shared(0);
function until(end: number) { ${meanwhile} }
function work(name: number, began: number) {
  const at: number[] = [];
${each((n) => `  until(began + ${(n + 1) * APART}); at.push(Date.now()); v${n} = v${n} + name;`)}
  until(began + ${(RACES + 2) * APART});
  at.forEach((time, n) => console.log("AT " + n + " " + time));
}
const began = Date.now() + 300;
const tasks = [spawn(work, 1, began), spawn(work, 2, began)];
for (const task of tasks) task.join();
`;
}

const plainRacing = `import { Worker, isMainThread, workerData } from "node:worker_threads";
if (isMainThread) {
  const memory = new SharedArrayBuffer(8 * ${RACES});
  const began = Date.now() + 300;
  for (const name of [1, 2]) new Worker(new URL(import.meta.url), { workerData: { memory, began, name } });
} else {
  const { memory, began, name } = workerData;
  const cells = new Int32Array(memory);
  const until = (end) => { while (Date.now() < end); };
  const at = [];
${each((n) => `  until(began + ${(n + 1) * APART}); at.push(Date.now()); cells[${2 * n}] = cells[${2 * n}] + name;`)}
  until(began + ${(RACES + 2) * APART});
  at.forEach((time, n) => console.log("AT " + n + " " + time));
}
`;

export const racy: readonly Program[] = [
  { name: "race of threads that compute", mode: "threads", text: racing((n) => `let v${n} = shared(0);`, "while (Date.now() < end);", "spawn, shared") },
  { name: "race of threads that sleep", mode: "threads", text: racing((n) => `let v${n} = shared(0);`, "sleep(Math.max(0, end - Date.now()));", "spawn, shared, sleep") },
  { name: "race of threads that record much", mode: "threads", text: racing((n) => `let v${n} = shared(0);`, "while (Date.now() < end) for (let i = 0; i < 1000; i++) busy++;", "spawn, shared") },
  { name: "race of processes on a segment", mode: "processes", text: racing((n) => `let v${n} = sharedMemory(0);`, "while (Date.now() < end);", "spawn, shared, sharedMemory") },
  { name: "race of plain workers", mode: "threads", text: plainRacing },
];

/** Both tasks hold one lock and take the other's. */
const deadlock = `import { spawn, Mutex, Latch } from "concurrency-playground";
const a = new Mutex();
const b = new Mutex();
const both = new Latch(2);
function forwards() { a.lock(); both.countDown(); both.wait(); console.log("AT 0 " + Date.now()); b.lock(); }
function backwards() { b.lock(); both.countDown(); both.wait(); console.log("AT 0 " + Date.now()); a.lock(); }
const tasks = [spawn(forwards), spawn(backwards)];
for (const task of tasks) task.join();
`;

export const deadlocked: readonly Program[] = [
  { name: "deadlock of threads", mode: "threads", text: deadlock },
  { name: "deadlock of processes", mode: "processes", text: deadlock },
];

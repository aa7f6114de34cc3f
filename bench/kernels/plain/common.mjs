// What a programmer writes in plain Node for the same kernels: worker_threads, SharedArrayBuffer, Atomics.
import { Worker, isMainThread, workerData } from "node:worker_threads";

export { isMainThread, workerData };

/** A futex mutex with three states (Drepper, "Futexes Are Tricky", 2011). */
export function lock(words, i) {
  let state = Atomics.compareExchange(words, i, 0, 1);
  if (state === 0) return;
  do {
    if (state === 2 || Atomics.compareExchange(words, i, 1, 2) !== 0) Atomics.wait(words, i, 2);
    state = Atomics.compareExchange(words, i, 0, 2);
  } while (state !== 0);
}

export function unlock(words, i) {
  if (Atomics.sub(words, i, 1) !== 1) {
    Atomics.store(words, i, 0);
    Atomics.notify(words, i, 1);
  }
}

/** Control words: 0 ready, 1 start, 2 done. */
export function atTheLine(control) {
  Atomics.add(control, 0, 1);
  Atomics.notify(control, 0);
  Atomics.wait(control, 1, 0);
}

export function finished(control) {
  Atomics.add(control, 2, 1);
  Atomics.notify(control, 2);
}

/** Runs the file's worker part in `count` threads and prints the milliseconds from start to the last one's end. */
export function race(url, count, data) {
  const control = new Int32Array(new SharedArrayBuffer(16));
  for (let n = 0; n < count; n++) new Worker(new URL(url), { workerData: { n, control, ...data } });
  for (let seen = 0; seen < count; seen = Atomics.load(control, 0)) Atomics.wait(control, 0, seen);
  const used = process.cpuUsage();
  const began = performance.now();
  Atomics.store(control, 1, 1);
  Atomics.notify(control, 1);
  for (let seen = 0; seen < count; seen = Atomics.load(control, 2)) Atomics.wait(control, 2, seen);
  const took = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  console.log(`BENCH ${took} ${(user + system) / 1000}`);
}

import { atTheLine, finished, isMainThread, lock, race, unlock, workerData } from "./common.mjs";

const TIMES = 100_000;
if (isMainThread) race(import.meta.url, 2, { words: new Int32Array(new SharedArrayBuffer(8)) });
else {
  const { control, words } = workerData;
  atTheLine(control);
  for (let i = 0; i < TIMES; i++) {
    lock(words, 0);
    words[1]++;
    unlock(words, 0);
  }
  finished(control);
}

import { atTheLine, finished, isMainThread, lock, race, unlock, workerData } from "./common.mjs";

const ITEMS = 4_000;
if (isMainThread) {
  race(import.meta.url, 2, {
    histogram: new Int32Array(new SharedArrayBuffer(4 * 256)),
    words: new Int32Array(new SharedArrayBuffer(4)),
  });
} else {
  const { control, histogram, words, n } = workerData;
  const local = new Array(256).fill(0);
  atTheLine(control);
  let state = n + 1;
  for (let item = 1; item <= ITEMS; item++) {
    for (let i = 0; i < 100; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      local[state >>> 24]++;
    }
    if (item % 100 === 0) {
      lock(words, 0);
      for (let i = 0; i < 256; i++) histogram[i] += local[i];
      unlock(words, 0);
      local.fill(0);
    }
  }
  finished(control);
}

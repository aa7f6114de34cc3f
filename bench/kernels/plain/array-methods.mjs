import { atTheLine, finished, isMainThread, race, workerData } from "./common.mjs";

const LENGTH = 4096;
const TIMES = 300;
if (isMainThread) race(import.meta.url, 2, { memory: new Int32Array(new SharedArrayBuffer(4 * 4 * LENGTH)) });
else {
  const { control, memory, n } = workerData;
  const own = memory.subarray(n * 2 * LENGTH, (n * 2 + 1) * LENGTH);
  const other = memory.subarray((n * 2 + 1) * LENGTH, (n * 2 + 2) * LENGTH);
  atTheLine(control);
  let sum = 0;
  for (let i = 0; i < TIMES; i++) {
    own.fill(i);
    other.set(own);
    own.copyWithin(1, 0, LENGTH - 1);
    sum += other.indexOf(-1);
    const copy = other.slice();
    sum += copy[i % LENGTH];
    sum = other.reduce((all, value) => all + value, sum);
  }
  finished(control);
  if (sum === 0.5) console.log(sum);
}

import { atTheLine, finished, isMainThread, race, workerData } from "./common.mjs";

const TIMES = 2_000_000;
if (isMainThread) race(import.meta.url, 2, { counter: new Int32Array(new SharedArrayBuffer(4)) });
else {
  const { control, counter } = workerData;
  atTheLine(control);
  for (let i = 0; i < TIMES; i++) counter[0]++;
  finished(control);
}

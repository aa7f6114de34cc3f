import { atTheLine, finished, isMainThread, race, workerData } from "./common.mjs";

const LENGTH = 500_000;
const PASSES = 4;
if (isMainThread) race(import.meta.url, 2, { pixels: new Float64Array(new SharedArrayBuffer(8 * LENGTH)) });
else {
  const { control, pixels, n } = workerData;
  const from = (n * LENGTH) / 2;
  const to = from + LENGTH / 2;
  atTheLine(control);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = from; i < to; i++) pixels[i] = pixels[i] * 0.5 + i;
  }
  finished(control);
}

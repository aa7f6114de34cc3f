/** Where values lie on a horizontal axis. */
export interface Axis {
  /** Percent of the width. */
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** From 0, so that lengths can be compared; ends at or a little after `most`. */
export function linearAxis(most: number, wanted = 4): Axis {
  const end = most > 0 ? most : 1;
  const magnitude = 10 ** Math.floor(Math.log10(end / wanted));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => end / candidate <= wanted) ?? 10 * magnitude;
  const ticks: number[] = [];
  for (let n = 0; n * step <= end * 1.02; n++) ticks.push(n * step);
  return { at: (value) => (value / (end * 1.04)) * 100, ticks };
}

/** By powers of ten, for values of different magnitude; all must be above 0. */
export function logAxis(least: number, most: number): Axis {
  const from = Math.floor(Math.log10(least));
  const to = Math.max(Math.ceil(Math.log10(most)), from + 1);
  const ticks: number[] = [];
  for (let power = from; power <= to; power++) ticks.push(10 ** power);
  return { at: (value) => ((Math.log10(value) - from) / (to - from)) * 100, ticks };
}

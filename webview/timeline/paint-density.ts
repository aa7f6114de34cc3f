import { gallop } from "../common/search";
import type { Frame } from "./painter";

/** Columns, in pixels. */
const COLUMN = 2;

export interface Density {
  /** Times of events; they do not decrease. */
  readonly times: Float64Array;
  /** Which of them; undefined: all. */
  readonly order?: Uint32Array;
  readonly first: number;
  /** The first that is not drawn. */
  readonly last: number;
  readonly bottom: number;
  /** Height of so many events in one column. */
  height(count: number): number;
}

/** How many events fall on each column: the height grows with the logarithm. Equal neighbours are drawn as one. */
export function paintDensity({ context, scale, width }: Frame, { times, order, first, last, bottom, height }: Density): void {
  let at = first;
  let begun = 0;
  let shown = 0;
  const flush = (end: number): void => {
    if (shown > 0) context.fillRect(begun, bottom - shown, end - begun, shown);
  };
  let x = Math.floor(scale.x(times[order ? order[first]! : first]!));
  while (x < width && at < last) {
    const next = gallop(times, order, scale.time(x + COLUMN), last, at);
    // Half pixels are as fine as can be seen.
    const h = next > at ? Math.round(height(next - at) * 2) / 2 : 0;
    if (h !== shown) {
      flush(x);
      begun = x;
      shown = h;
    }
    x = next > at || next >= last ? x + COLUMN : Math.max(x + COLUMN, Math.floor(scale.x(times[order ? order[next]! : next]!)));
    at = next;
  }
  flush(Math.min(x, width));
}

/** First index in [low, high) whose value is not below `wanted`; `high` if none. The values must not decrease. */
export function lowerBound(values: ArrayLike<number>, wanted: number, high: number, low = 0): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First index in [low, high) whose value is above `wanted`; `high` if none. */
export function upperBound(values: ArrayLike<number>, wanted: number, high: number, low = 0): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Like lowerBound(), for an answer that is near `low`: steps that double, then halves.
 * With `order`, the nth value is `values[order[n]]`.
 */
export function gallop(values: Float64Array, order: Uint32Array | undefined, wanted: number, length: number, low: number): number {
  let step = 1;
  let from = low;
  for (let at = from; at < length && values[order ? order[at]! : at]! < wanted; at = from + step - 1) {
    from = at + 1;
    step *= 2;
  }
  let to = Math.min(from + step - 1, length);
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[order ? order[middle]! : middle]! < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}

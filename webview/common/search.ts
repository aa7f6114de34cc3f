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

const MAX_ANCHORS = 1 << 15;

/**
 * When the events of a task happened, by their index: known at some, evenly spread between (as `EventColumns.settle`).
 * Keeps a bounded number of known times: of very long tasks every second, fourth … one.
 */
export class EventTimes {
  /** Events received. */
  count = 0;
  /** Events up to (excluding) ends[i] happened until times[i]. */
  private ends: number[] = [];
  private times: number[] = [];
  private stride = 1;
  private untilNext = 1;

  settle(time: number): void {
    const last = this.times.length - 1;
    if (!Number.isFinite(time)) return;
    if (last >= 0 && time < this.times[last]!) time = this.times[last]!;
    if (last >= 0 && (this.ends[last] === this.count || --this.untilNext > 0)) {
      this.ends[last] = this.count;
      this.times[last] = time;
      return;
    }
    this.untilNext = this.stride;
    this.ends.push(this.count);
    this.times.push(time);
    if (this.ends.length > MAX_ANCHORS) {
      this.ends = this.ends.filter((_, i) => i % 2 === 1);
      this.times = this.times.filter((_, i) => i % 2 === 1);
      this.stride *= 2;
    }
  }

  /** Nanoseconds; for an event after the last known time, that time. */
  at(index: number): number {
    const { ends, times } = this;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > index) high = middle;
      else low = middle + 1;
    }
    if (low === ends.length) return times.at(-1) ?? 0;
    const from = low === 0 ? 0 : ends[low - 1]!;
    const start = low === 0 ? 0 : times[low - 1]!;
    return start + ((times[low]! - start) * (index - from + 1)) / (ends[low]! - from);
  }
}

import type { Stamp } from "./clocks";

interface Written {
  readonly from: number;
  readonly to: number;
  readonly stamp: Stamp;
}

/** Which writes a read of a byte stream takes its bytes from, per direction. */
export class ByteStreams {
  /** In the order of their offsets; what is before `first` has been read. */
  private readonly written = new Map<number, { list: Written[]; first: number }>();

  write(direction: number, offset: number, bytes: number, stamp: Stamp): void {
    let pieces = this.written.get(direction);
    if (!pieces) this.written.set(direction, (pieces = { list: [], first: 0 }));
    pieces.list.push({ from: offset, to: offset + bytes, stamp });
  }

  read(direction: number, offset: number, bytes: number): Stamp[] {
    const pieces = this.written.get(direction);
    if (!pieces) return [];
    const { list } = pieces;
    const end = offset + bytes;
    const found: Stamp[] = [];
    for (let i = pieces.first; i < list.length && list[i]!.from < end; i++) {
      if (list[i]!.to > offset) found.push(list[i]!.stamp);
    }
    // A stream is read in order: what lies wholly before the end of this read is never read again.
    while (pieces.first < list.length && list[pieces.first]!.to <= end) pieces.first++;
    if (pieces.first > 64 && pieces.first * 2 > list.length) {
      list.splice(0, pieces.first);
      pieces.first = 0;
    }
    return found;
  }

  *stamps(): Iterable<Stamp> {
    for (const { list } of this.written.values()) for (const { stamp } of list) yield stamp;
  }
}

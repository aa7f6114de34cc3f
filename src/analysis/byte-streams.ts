import type { Stamp } from "./clocks";

interface Written {
  readonly from: number;
  readonly to: number;
  readonly stamp: Stamp;
}

/** Which writes a read of a byte stream takes its bytes from, per direction. */
export class ByteStreams {
  private readonly written = new Map<number, Written[]>();

  write(direction: number, offset: number, bytes: number, stamp: Stamp): void {
    let list = this.written.get(direction);
    if (!list) this.written.set(direction, (list = []));
    list.push({ from: offset, to: offset + bytes, stamp });
  }

  read(direction: number, offset: number, bytes: number): Stamp[] {
    const list = this.written.get(direction);
    if (!list) return [];
    const end = offset + bytes;
    const found = list.filter((piece) => piece.from < end && piece.to > offset).map((piece) => piece.stamp);
    // A stream is read in order: what lies wholly before the end of this read is never read again.
    this.written.set(direction, list.filter((piece) => piece.to > end));
    return found;
  }
}

/** Sent at the latest after this many milliseconds. */
const DELAY = 25;
const ENOUGH = 1 << 20;

/**
 * Puts chunks of a trace together, so that a talkative run costs the extension host some messages and not thousands.
 * The very first chunk goes at once: it is what the student waits for.
 */
export class TraceBatch {
  private parts: Uint8Array[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private first = true;

  constructor(private readonly send: (bytes: Uint8Array) => void) {}

  add(chunk: Uint8Array): void {
    this.parts.push(chunk);
    this.bytes += chunk.byteLength;
    if (this.first || this.bytes >= ENOUGH) {
      this.first = false;
      this.flush();
    } else {
      this.timer ??= setTimeout(() => this.flush(), DELAY);
    }
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.parts.length === 0) return;
    const all = concat(this.parts);
    this.parts = [];
    this.bytes = 0;
    this.send(all);
  }
}

/** One array with the contents of all. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

import type { BufferExchange } from "../context";
import type { HostPort } from "./host-port";

/** The buffers of typed arrays in shared(), which the threads of a process get from their host. */
export class HostBuffers implements BufferExchange {
  private readonly own = new Map<number, SharedArrayBuffer>();

  constructor(private readonly host: HostPort) {}

  publish(id: number, buffer: SharedArrayBuffer): void {
    this.own.set(id, buffer);
    this.host.post({ type: "publish", id, buffer });
  }

  fetch(id: number): SharedArrayBuffer {
    const known = this.own.get(id);
    if (known) return known;
    this.host.post({ type: "fetch", id });
    const buffer = this.host.next() as SharedArrayBuffer;
    this.own.set(id, buffer);
    return buffer;
  }
}

/** In a process of one thread. */
export class OwnBuffers implements BufferExchange {
  private readonly own = new Map<number, SharedArrayBuffer>();

  publish(id: number, buffer: SharedArrayBuffer): void {
    this.own.set(id, buffer);
  }

  fetch(id: number): SharedArrayBuffer {
    const buffer = this.own.get(id);
    if (!buffer) throw new Error(`no buffer ${id}`);
    return buffer;
  }
}

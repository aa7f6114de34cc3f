import { readSync, writeSync } from "node:fs";
import type { Socket } from "node:net";
import { listenerPath } from "../../wire";
import type { Streams } from "./driver";
import { Listener } from "./listener";

/** This task's end of a connection. Without a file its other end is gone, and was before anything went over it. */
interface End {
  readonly file: number | undefined;
  readonly close: () => void;
  /** Read, but not yet taken. */
  left: Uint8Array;
}

const nothing = new Uint8Array(0);

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/**
 * This task's connections: local sockets straight from process to process. As with pipes, whose turn it is, and how many bytes may
 * be moved, has been settled before (sync/stream.ts), so that nobody has to wait here; but for bytes in many small pieces the
 * system may have less room.
 */
export class SocketEnds {
  private readonly ends = new Map<number, End>();
  private listener: Listener | undefined;

  /** @param lives whether a task has not ended */
  constructor(
    private readonly folder: string,
    private readonly task: number,
    private readonly lives: (task: number) => boolean,
  ) {}

  listen(): void {
    this.listener ??= new Listener(listenerPath(this.folder, this.task));
  }

  accept(streams: Streams, connector: number): void {
    const { listener } = this;
    if (!listener) throw new Error("a connection accepted without listening");
    const file = listener.accept(streams[0], () => this.lives(connector));
    this.add(streams, file, () => {
      if (file !== undefined) listener.close(file);
    });
  }

  /** Node makes the connection in this call, and would go on in the event loop, which has nothing more to do with it. */
  connect(streams: Streams, acceptor: number): void {
    // Not imported: every task would load it, and few connect.
    const socket = process.getBuiltinModule("node:net").connect(listenerPath(this.folder, acceptor));
    socket.on("error", () => {});
    socket.pause();
    socket.unref();
    let file = descriptorOf(socket);
    try {
      // By this the other end knows which of its connections this is.
      if (file !== undefined) writeSync(file, Uint32Array.of(streams[0]));
    } catch {
      // Who was to accept it has ended since.
      file = undefined;
    }
    this.add(streams, file, () => socket.destroy());
  }

  private add(streams: Streams, file: number | undefined, close: () => void): void {
    const end: End = { file, close, left: nothing };
    for (const stream of streams) this.ends.set(stream, end);
  }

  close(streams: Streams): void {
    this.ends.get(streams[0])?.close();
    for (const stream of streams) this.ends.delete(stream);
  }

  has(stream: number): boolean {
    return this.ends.has(stream);
  }

  /** Writes as much as there is room for. To an end that is gone all can be written. */
  put(stream: number, bytes: Uint8Array): number {
    const { file } = this.ends.get(stream)!;
    let at = 0;
    try {
      while (file !== undefined && at < bytes.length) at += writeSync(file, bytes, at);
      return bytes.length;
    } catch (error) {
      return codeOf(error) === "EAGAIN" ? at : bytes.length;
    }
  }

  /** Takes `count` bytes, with `until` none beyond the first such byte. Fewer, even none, if the other end was gone. */
  take(stream: number, count: number, until: number | undefined): Uint8Array {
    const end = this.ends.get(stream)!;
    const bytes = new Uint8Array(count);
    let at = Math.min(count, end.left.length);
    bytes.set(end.left.subarray(0, at));
    const left = end.left.subarray(at);
    try {
      while (end.file !== undefined && at < count) {
        const read = readSync(end.file, bytes, at, count - at, null);
        if (read === 0) break;
        at += read;
      }
    } catch (error) {
      if (codeOf(error) !== "EAGAIN" && codeOf(error) !== "ECONNRESET") throw error;
    }
    const met = until === undefined ? -1 : bytes.subarray(0, at).indexOf(until);
    if (met < 0) {
      end.left = left;
      return bytes.subarray(0, at);
    }
    // Only this task reads here: it may keep what comes after.
    end.left = Buffer.concat([bytes.subarray(met + 1, at), left]);
    return bytes.subarray(0, met + 1);
  }
}

/** Node keeps it in a part of the socket that is not documented, but has long been there. */
function descriptorOf(socket: Socket): number | undefined {
  const fd = (socket as unknown as { readonly _handle: { readonly fd: number } | null })._handle?.fd;
  return fd === undefined || fd < 0 ? undefined : fd;
}

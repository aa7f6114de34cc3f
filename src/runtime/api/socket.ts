import { ObjectCode, Op, STREAM_CAPACITY, Status } from "../../sync";
import { Kind, WaitFor } from "../../trace";
import type { Traveller } from "../memory/types";
import { LimitError, type Streams } from "../tasks/driver";
import { checkAddress, setOnce, timeout } from "./arguments";
import { ByteStream } from "./byte-stream";
import { TimeoutError } from "./errors";
import { recordBlock, recordGaveUp, recordTryFailed, runtime } from "./runtime";
import { words } from "./words";

/** The connections of this task that it has not closed. */
const open = new Set<Socket>();

export class Socket {
  private readonly incoming: ByteStream;
  private readonly outgoing: ByteStream;

  declare readonly id: number;
  declare readonly name: string;

  private constructor(
    id: number,
    name: string,
    private readonly streams: Streams,
    side: 0 | 1,
  ) {
    // In TypeScript nobody else can call this.
    if (!Array.isArray(streams)) throw new TypeError(words.socketsMeet);
    setOnce<Socket, "id" | "name">(this, { id, name });
    const acceptors = new ByteStream(this, streams[0], 0);
    const connectors = new ByteStream(this, streams[1], 1);
    this.outgoing = side === 0 ? acceptors : connectors;
    this.incoming = side === 0 ? connectors : acceptors;
    open.add(this);
  }

  static accept(address: string, timeoutMs?: number): Socket {
    checkAddress(address, "Socket.accept");
    return Socket.meet(Op.Accept, 0, address, timeoutMs);
  }

  static connect(address: string, timeoutMs?: number): Socket {
    checkAddress(address, "Socket.connect");
    return Socket.meet(Op.Connect, 1, address, timeoutMs);
  }

  private static meet(op: Op, side: 0 | 1, name: string, timeoutMs: number | undefined): Socket {
    const { driver, recorder } = runtime;
    const limit = timeout(timeoutMs);
    const site = recorder.site > 0 ? { site: recorder.site } : {};
    const place = driver.create(ObjectCode.Rendezvous, `socket:${name}`, 0);
    if (place.made) {
      recorder.meta({ type: "object", id: place.id, objectType: "Socket", name, ...site });
      recorder.sync(Kind.Create, place.id, place.seq);
    }
    if (side === 0) driver.listen();
    switch (driver.perform(op, place.id, 0, 0, 0, limit, () => recordBlock(place.id, WaitFor.Connection, limit, side))) {
      case Status.Done: {
        const { value, extra, seq } = driver;
        // Both ends tell, for either may be gone before the other does.
        recorder.meta({ type: "object", id: value, objectType: "Socket", name, initial: STREAM_CAPACITY, ...site });
        recorder.sync(Kind.Connect, value, seq, side);
        driver.openConnection([value, extra], side);
        return new Socket(value, name, [value, extra], side);
      }
      case Status.Full:
        throw new LimitError("too many locks, queues and Atomics in one run");
      case Status.TimedOut:
        recordGaveUp(place.id, WaitFor.Connection, false);
        break;
      default:
        recordTryFailed(place.id, WaitFor.Connection);
        break;
    }
    throw new TimeoutError(words.connectionTimedOut(name, limit ?? 0));
  }

  write(data: string | Uint8Array): void {
    this.outgoing.write(data);
  }

  read(max?: number): Uint8Array {
    return this.incoming.read(max);
  }

  readLine(): string | undefined {
    return this.incoming.readLine();
  }

  /** Both directions: the other end reads what is left, and can write no more. */
  close(): void {
    const first = open.delete(this);
    for (const seq of [this.outgoing.close(), this.incoming.close()]) {
      if (seq > 0) runtime.recorder.sync(Kind.Close, this.id, seq);
    }
    if (first) runtime.driver.closeConnection(this.streams);
  }
}

/** What the operating system does for a process that ends. */
export function closeSockets(): void {
  for (const socket of open) socket.close();
}

/** A connection belongs to the two tasks that made it. */
export const socketTraveller: Traveller = {
  test: (value) => value instanceof Socket,
  toRef: () => {
    throw new DOMException(words.socketStays, "DataCloneError");
  },
  fromRef: () => {
    throw new DOMException(words.socketStays, "DataCloneError");
  },
};

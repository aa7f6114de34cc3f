import { ByteStreams } from "./byte-streams";
import { joinClock, type Stamp, type TaskClocks } from "./clocks";

/** Messages to many receivers that are remembered per channel: a receiver further behind gets no edge from an older one. */
const KEPT_BROADCASTS = 1 << 15;

/** One queue of messages. */
interface Channel {
  /** Message number → what it carries. */
  readonly queue: Map<number, { readonly sender: number; readonly stamp: Stamp }>;
  /** Message number → the receive that made its place free, for the send that takes it. */
  readonly places: Map<number, Stamp>;
  closed: Stamp | undefined;
}

/**
 * Queues, ports, pipes and sockets: send → the receive of that message, with capacity n the k-th receive → the (k + n)-th
 * send, close → who learns of it, write → the read of those bytes.
 */
export class Channels {
  private readonly channels = new Map<number, Channel>();
  private readonly streams = new Map<number, ByteStreams>();

  constructor(
    private readonly clocks: TaskClocks,
    /** Messages that a queue holds; Infinity if unbounded. */
    private readonly capacity: (queue: number) => number,
  ) {}

  private channel(id: number): Channel {
    let channel = this.channels.get(id);
    if (!channel) this.channels.set(id, (channel = { queue: new Map(), places: new Map(), closed: undefined }));
    return channel;
  }

  /** `broadcast`: any number of tasks may receive it. */
  send(task: number, id: number, number: number, broadcast: boolean): void {
    const channel = this.channel(id);
    this.clocks.take(task, channel.places.get(number));
    channel.places.delete(number);
    channel.queue.set(number, { sender: task, stamp: this.clocks.release(task) });
    if (broadcast) channel.queue.delete(number - KEPT_BROADCASTS);
  }

  receive(task: number, id: number, number: number, broadcast: boolean): void {
    const { clocks } = this;
    const channel = this.channel(id);
    const message = channel.queue.get(number);
    clocks.take(task, message?.stamp);
    if (broadcast) return;
    channel.queue.delete(number);
    const capacity = this.capacity(id);
    // From hand to hand, the receive also comes before whatever the sender does next (it is held for that).
    if (capacity === 0) {
      if (message) clocks.take(message.sender, clocks.release(task));
    } else if (capacity !== Infinity) channel.places.set(number + capacity, clocks.release(task));
  }

  close(task: number, id: number): void {
    const stamp = this.clocks.release(task);
    const channel = this.channel(id);
    if (channel.closed) {
      joinClock(channel.closed.full, stamp.full);
      joinClock(channel.closed.weak, stamp.weak);
    } else channel.closed = stamp;
  }

  sawClosed(task: number, id: number): void {
    this.clocks.take(task, this.channels.get(id)?.closed);
  }

  write(task: number, id: number, direction: number, offset: number, bytes: number): void {
    let streams = this.streams.get(id);
    if (!streams) this.streams.set(id, (streams = new ByteStreams()));
    streams.write(direction, offset, bytes, this.clocks.release(task));
  }

  read(task: number, id: number, direction: number, offset: number, bytes: number): void {
    for (const stamp of this.streams.get(id)?.read(direction, offset, bytes) ?? []) this.clocks.take(task, stamp);
  }

  *stamps(): Iterable<Stamp> {
    for (const { queue, places, closed } of this.channels.values()) {
      for (const { stamp } of queue.values()) yield stamp;
      yield* places.values();
      if (closed) yield closed;
    }
    for (const streams of this.streams.values()) yield* streams.stamps();
  }
}

import workerThreads, { type TransferListItem } from "node:worker_threads";
import { ObjectCode, createObject } from "../../sync";
import { Kind } from "../../trace";
import { onEmit } from "../exit-listeners";
import { Place } from "../perturbation";
import type { BufferRef } from "./shared-buffers";
import { replaceIn } from "./patch";
import { registered } from "./thread-numbers";
import type { PlainTask } from "./types";

// Node's own: the program gets others.
const { BroadcastChannel, MessageChannel, MessagePort, moveMessagePortToContext, receiveMessageOnPort, threadId: ownNumber } = workerThreads;
type BroadcastChannel = workerThreads.BroadcastChannel;
type MessageChannel = workerThreads.MessageChannel;
type MessagePort = workerThreads.MessagePort;

/** What a message of the program travels in: marker, channel, number, for many receivers, the message, its shared buffers, its ports. */
type Envelope = readonly [string, number, number, boolean, unknown, readonly BufferRef[], readonly MessagePort[]];

/** A message to a thread: Node tells the receiver by whom, in numbers that are not the program's. */
interface ToThread {
  readonly from: number;
  readonly value: unknown;
}

interface Channel {
  readonly id: number;
  readonly broadcast: boolean;
  sent: number;
}

/** How Node hands a message to a port's listeners, of whatever form they are. */
const DISPATCH = Symbol.for("nodejs.internal.kHybridDispatch");

type Dispatch = (this: unknown, data: unknown, type: string, event: unknown) => unknown;

/**
 * Sees the messages of a thread's ports. Each one of the program's is put into an envelope that the receiving side takes off again
 * before the program sees it: so a receipt knows its sending, and a shared buffer stays the memory that it is.
 */
export class Messages {
  /** Ports of the program; Node's own are left alone. */
  private readonly channels = new WeakMap<object, Channel | string>();
  /** Those to threads that were told by their number. */
  private readonly threads = new Map<unknown, Channel>();
  private readonly marker: string;

  constructor(private readonly self: PlainTask) {
    this.marker = self.plain.marker;
  }

  /** From now on what goes through the port is recorded under this name. */
  watch(port: object | null | undefined, name: string): void {
    if (port && !this.channels.has(port)) this.channels.set(port, name);
  }

  install(): void {
    const { prototype } = MessagePort;
    const post = Reflect.get(prototype, "postMessage") as (...args: unknown[]) => unknown;
    const posted = (port: MessagePort, args: unknown[]): unknown => this.post(port, post, args);
    const opened = (data: unknown): unknown => this.open(data);
    replaceIn(prototype, "postMessage", {
      postMessage(this: MessagePort, ...args: unknown[]): unknown {
        return posted(this, args);
      },
    }.postMessage);
    const { perturbation } = this.self;
    const dispatch = Reflect.get(prototype, DISPATCH) as Dispatch | undefined;
    if (typeof dispatch === "function") {
      Object.defineProperty(prototype, DISPATCH, {
        configurable: true,
        enumerable: false,
        writable: true,
        value(this: unknown, data: unknown, type: string, event: unknown): unknown {
          if (type === "message") perturbation?.at(Place.Receive);
          return Reflect.apply(dispatch, this, [type === "message" ? opened(data) : data, type, event]);
        },
      });
    }
    replaceIn(workerThreads, "receiveMessageOnPort", {
      receiveMessageOnPort(port: MessagePort): unknown {
        perturbation?.at(Place.Receive);
        const received = receiveMessageOnPort(port) as { message: unknown } | undefined;
        if (received) received.message = opened(received.message);
        return received;
      },
    }.receiveMessageOnPort);
    replaceIn(workerThreads, "moveMessagePortToContext", {
      moveMessagePortToContext(...args: Parameters<typeof moveMessagePortToContext>): MessagePort {
        return dispatching(moveMessagePortToContext(...args), opened);
      },
    }.moveMessagePortToContext);
    const channel = new Proxy(MessageChannel, {
      construct: (target, args, newTarget): object => {
        const made = Reflect.construct(target, args, newTarget) as MessageChannel;
        this.watch(made.port1, "MessagePort");
        this.watch(made.port2, "MessagePort");
        return made;
      },
    });
    replaceIn(workerThreads, "MessageChannel", channel);
    replaceIn(globalThis, "MessageChannel", channel);
    this.installToThreads();
    const broadcast = new Proxy(BroadcastChannel, {
      construct: (target, args, newTarget): object => {
        const made = Reflect.construct(target, args, newTarget) as BroadcastChannel;
        this.broadcaster(made);
        return made;
      },
    });
    replaceIn(workerThreads, "BroadcastChannel", broadcast);
    replaceIn(globalThis, "BroadcastChannel", broadcast);
  }

  /** Messages straight to a thread of a number, whoever made it. */
  private installToThreads(): void {
    const original: unknown = Reflect.get(workerThreads, "postMessageToThread");
    if (typeof original !== "function") return;
    const addressOf = (thread: unknown): unknown => {
      // To oneself: that is Node's to refuse.
      if (thread === workerThreads.threadId) return ownNumber;
      return typeof thread === "number" && thread > 0 ? registered(thread) : thread;
    };
    const post = (args: unknown[]): unknown => {
      const [thread, value, ...rest] = args;
      let channel = this.threads.get(thread);
      if (!channel) this.threads.set(thread, (channel = this.newChannel(`to thread ${String(thread)}`, false)));
      return this.sendInto(channel, value === undefined && args.length < 2 ? args : [{ from: workerThreads.threadId, value }, ...rest], (sent) => Reflect.apply(original, undefined, [addressOf(thread), ...sent]));
    };
    replaceIn(workerThreads, "postMessageToThread", {
      postMessageToThread(...args: unknown[]): unknown {
        return post(args);
      },
    }.postMessageToThread);
    onEmit(
      () => {},
      (event, data) => {
        if (event !== "workerMessage" || !this.isEnvelope(data) || process.listenerCount("workerMessage") === 0) return undefined;
        this.self.perturbation?.at(Place.Receive);
        const { from, value } = this.open(data) as ToThread;
        return [value, from];
      },
    );
  }

  private broadcaster(channel: BroadcastChannel): void {
    const handle = hidden(channel, "kHandle");
    if (handle) this.channels.set(handle, this.newChannel(`BroadcastChannel ${JSON.stringify(channel.name)}`, true));
  }

  private newChannel(name: string, broadcast: boolean): Channel {
    const { arena, recorder, critical } = this.self;
    critical.enter();
    const local = createObject(arena, ObjectCode.MessageQueue, -1);
    critical.leave();
    const id = local === 0 ? 0 : local + this.self.plain.firstObject;
    if (id !== 0) recorder.meta({ type: "object", id, objectType: "MessageQueue", name, initial: -1, ...(recorder.site === 0 ? {} : { site: recorder.site }) });
    return { id, broadcast, sent: 0 };
  }

  private channelOf(port: object): Channel | undefined {
    const known = this.channels.get(port);
    if (typeof known !== "string") return known;
    const channel = this.newChannel(known, false);
    this.channels.set(port, channel);
    return channel;
  }

  private post(port: MessagePort, post: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const channel = args.length === 0 ? undefined : this.channelOf(port);
    return channel ? this.sendInto(channel, args, (sent) => Reflect.apply(post, port, sent)) : Reflect.apply(post, port, args);
  }

  /** `args`: the message, and what says which of it is to be transferred. */
  private sendInto(channel: Channel, args: unknown[], send: (args: unknown[]) => unknown): unknown {
    if (channel.id === 0) return send(args);
    const { arena, recorder, buffers, perturbation } = this.self;
    perturbation?.at(Place.Post);
    const [message, ...rest] = args;
    const ports = portsOf(rest[0]);
    const number = channel.sent++;
    const envelope: Envelope = [this.marker, channel.id, number, channel.broadcast, message, buffers.collect(message), ports];
    const seq = arena.nextSeq();
    let result: unknown;
    try {
      result = send([envelope, ...rest]);
    } catch (error) {
      // Every number is told, or the others would wait for it.
      recorder.sync(Kind.Yield, 0, seq);
      throw error;
    }
    recorder.sync(Kind.Send, channel.id, seq, number, 0, channel.broadcast ? 1 : 0);
    return result;
  }

  /** The program's own message. */
  open(data: unknown): unknown {
    if (!this.isEnvelope(data)) return data;
    const [, channel, number, broadcast, message, buffers, ports] = data;
    this.met(buffers, ports);
    const { recorder, arena } = this.self;
    recorder.site = 0;
    recorder.sync(Kind.Receive, channel, arena.nextSeq(), number, 0, broadcast ? 1 : 0);
    return message;
  }

  met(buffers: readonly BufferRef[], ports: readonly MessagePort[]): void {
    for (const ref of buffers) this.self.buffers.adopt(ref);
    for (const port of ports) this.watch(port, "MessagePort");
  }

  private isEnvelope(data: unknown): data is Envelope {
    return Array.isArray(data) && data.length === 7 && data[0] === this.marker;
  }
}

/** A port of another context has the other's prototype, and Node calls its `onmessage` with a plain event. */
function dispatching(port: MessagePort, opened: (data: unknown) => unknown): MessagePort {
  Object.defineProperty(port, DISPATCH, {
    configurable: true,
    enumerable: false,
    writable: true,
    value(this: object, data: unknown, type: string): void {
      const handler: unknown = Reflect.get(this, type === "message" ? "onmessage" : "onmessageerror");
      if (typeof handler === "function") Reflect.apply(handler, this, [{ data: type === "message" ? opened(data) : data, target: this, type, ports: [] }]);
    },
  });
  return port;
}

/** What Node keeps under a symbol of its own. */
export function hidden(object: object, description: string): object | undefined {
  const symbol = Object.getOwnPropertySymbols(object).find((key) => key.description === description);
  const value = symbol && (Reflect.get(object, symbol) as unknown);
  return typeof value === "object" && value !== null ? value : undefined;
}

/** The ports among what is transferred: a list, or the options that hold one. */
export function portsOf(transfer: unknown): MessagePort[] {
  const list = Array.isArray(transfer) ? transfer : (transfer as { transfer?: readonly TransferListItem[] } | null | undefined)?.transfer;
  return Array.isArray(list) ? list.filter((item): item is MessagePort => item instanceof MessagePort) : [];
}

import type { ChildProcess } from "node:child_process";
import { Kind } from "../../trace";
import { onEmit } from "../exit-listeners";
import { Place } from "../perturbation";
import { replaceIn } from "./patch";
import type { PlainTask } from "./types";

/**
 * One side of the IPC channel between a process and one that it has started. The channel keeps the order of messages and loses none,
 * so that both sides know a message by its number: nothing is added to it.
 */
export class IpcSide {
  private sent = 0;
  private received = 0;

  constructor(
    private readonly self: PlainTask,
    /** Objects that stand for what goes out and what comes in. */
    private readonly out: number,
    private readonly incoming: number,
  ) {}

  /** Follows what the program sends by `target.send`. */
  watch(target: ChildProcess | NodeJS.Process): void {
    const send = target.send as ((...args: unknown[]) => boolean) | undefined;
    if (!send) return;
    const sending = (args: unknown[], body: () => boolean): boolean => (target.connected && args.length > 0 && !isInternal(args[0]) ? this.send(body) : body());
    replaceIn(target, "send", {
      send(this: unknown, ...args: unknown[]): boolean {
        return sending(args, () => Reflect.apply(send, this, args));
      },
    }.send);
  }

  private send(body: () => boolean): boolean {
    const { arena, recorder, perturbation } = this.self;
    perturbation?.at(Place.Post);
    const seq = arena.nextSeq();
    let sent: boolean;
    try {
      sent = body();
    } catch (error) {
      // Every number is told, or the others would wait for it.
      recorder.sync(Kind.Yield, 0, seq);
      throw error;
    }
    recorder.sync(Kind.Send, this.out, seq, this.sent++);
    return sent;
  }

  /** A message is about to be handed to its listeners. */
  heard(): void {
    const { arena, recorder, perturbation } = this.self;
    perturbation?.at(Place.Receive);
    recorder.site = 0;
    recorder.sync(Kind.Receive, this.incoming, arena.nextSeq(), this.received++);
  }
}

/** What Node itself sends, and hides from the program. */
function isInternal(message: unknown): boolean {
  const command: unknown = typeof message === "object" && message !== null ? Reflect.get(message, "cmd") : undefined;
  return typeof command === "string" && command.length > 5 && command.startsWith("NODE_");
}

/** The channel of a process to the one that started it; `channels`: to this process, and from it. */
export function recordParent(self: PlainTask, [to, from]: readonly [number, number]): void {
  const side = new IpcSide(self, from, to);
  side.watch(process);
  onEmit(
    () => {},
    (event) => {
      if (event === "message") side.heard();
    },
  );
}

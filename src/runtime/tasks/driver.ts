import type { Op, Status } from "../../sync";
import type { TaskKind } from "../../trace";
import type { TaskInfo } from "../../wire";

export interface SpawnRequest {
  readonly kind: TaskKind;
  readonly key: string;
  readonly name: string;
  readonly identity: string | undefined;
  /** Encodes arguments and captures for the new task; called once, only if it is really made. */
  readonly call: () => Uint8Array;
}

/** The two streams of a connection, by who writes to them. */
export type Streams = readonly [acceptors: number, connectors: number];

export interface SpawnedTask {
  readonly id: number;
  /** False if an earlier evaluation of the same declaration spawned it. */
  readonly made: boolean;
  readonly pid: number;
  readonly name: string;
  /** Number of the spawn in the order of all events. */
  readonly seq: number;
}

/** Thrown where the run may have no more tasks, objects or message bytes. */
export class LimitError extends Error {
  override readonly name = "LimitError";
}

/**
 * How a task acts on what it shares with others. Local: on memory shared by the threads of one process.
 * Broker: by requests to the supervisor, between processes.
 */
export interface TaskDriver {
  /** Results of the last `perform`; save `seq`, also there in `onWait` (a barrier's order of arrival and round). */
  readonly value: number;
  readonly extra: number;
  readonly seq: number;
  readonly firstSeq: number;

  /**
   * An operation, to its end. If it must wait, `onWait` is called before (once); `timeoutMs` undefined: for ever,
   * 0: does not wait (Failed).
   */
  perform(op: Op, object: number, a: number, b: number, c: number, timeoutMs: number | undefined, onWait: (() => void) | undefined): Status;
  send(queue: number, message: Uint8Array, onWait: () => void): Status;
  /** Bytes of the message that the last Receive got. */
  received(): Uint8Array;
  /** Moves bytes of a stream whose span the task has claimed (sync/stream-bytes.ts). Throws LimitError without room; how many found any is said where that is the system's to decide. */
  putBytes(stream: number, offset: number, bytes: Uint8Array): number;
  takeBytes(stream: number, offset: number, count: number, until: number | undefined): Uint8Array;
  /** This task is about to accept a connection: from now on others can reach it. */
  listen(): void;
  /** Makes the connection of these two streams, which has been agreed on. `side`: 0 accepted it. */
  openConnection(streams: Streams, side: 0 | 1): void;
  /** This task's end of it. Both streams are closed. */
  closeConnection(streams: Streams): void;
  /** `seq`: number of the creation in the order of all events; 0 if it was not made here. */
  create(code: number, identity: string | undefined, initial: number): { readonly id: number; readonly made: boolean; readonly seq: number };
  /** Next number in the order of all events; 0 where asking for one would cost a round trip. */
  cheapSeq(): number;
  /** The number of the task's first step. */
  startSeq(): number;
  sleep(ms: number): void;

  /** `onMade` records the spawn: before the new task can do anything, where that is in this process's hands. */
  spawn(request: SpawnRequest, onMade: (spawned: SpawnedTask) => void): SpawnedTask;
  kill(task: number): { readonly killed: boolean; readonly seq: number };
  info(task: number): TaskInfo;
  rename(task: number, name: string): void;
  /** Bytes of a joined task's result or failure. */
  resultOf(task: number): Uint8Array;
  /** This task's end, with the bytes of its result or failure; 0 if it had ended already. */
  end(state: number, exitCode: number, result: Uint8Array): number;
  /** Everything about the end is written: whoever takes the process down need not wait for this task. */
  told?(): void;
}

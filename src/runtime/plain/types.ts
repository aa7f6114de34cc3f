import type { EvaluatedSource } from "./modules";
import type { MessagePort } from "node:worker_threads";
import type { Frame, StreamName } from "../../wire";
import type { Arena } from "../../sync";
import type { TaskMemory } from "../memory";
import type { TaskRecorder } from "../recorder/types";
import type { HostPort } from "../tasks/host-port";
import type { ProcessShare } from "../tasks/host-messages";
import type { Instrumentation } from "../instrumentation";
import type { StripedOrder } from "./order";
import type { Perturbation } from "../perturbation";
import type { BufferRef, SharedBuffers } from "./shared-buffers";

/** What the threads of a plain program have in common, besides what those of any program have. */
export interface PlainShare {
  /** Marks messages that carry more than the program put into them. */
  readonly marker: string;
  /** Where in the run's output the process's own goes; null: to the one who started it. */
  readonly stdout: StreamName | null;
  readonly stderr: StreamName | null;
  /** Numbers of objects begin behind it: each process counts its own. */
  readonly firstObject: number;
}

/** One thread of a plain program. */
export interface PlainTask {
  readonly task: number;
  readonly share: ProcessShare;
  readonly plain: PlainShare;
  readonly arena: Arena;
  readonly recorder: TaskRecorder;
  readonly memory: TaskMemory;
  readonly buffers: SharedBuffers;
  readonly order: StripedOrder;
  readonly host: HostPort;
  readonly instrumentation: Instrumentation;
  readonly perturbation: Perturbation | undefined;
  /** Around what must not be cut in two by worker.terminate(). */
  readonly critical: { enter(): void; leave(): void };
  /** Writes a whole frame or chunk to the supervisor. */
  write(bytes: Uint8Array): void;
  /** Sends a request to the supervisor. */
  request(code: number, body: unknown, bytes: Uint8Array): void;
  /** The same, and blocks until the answer is there. */
  ask(code: number, body: unknown): Frame;
}

/** In place of the workerData of a plain program's Worker. */
export interface PlainThreadData {
  readonly role: "plain";
  readonly share: ProcessShare;
  readonly port: MessagePort;
  readonly task: number;
  readonly name: string;
  readonly spawnedAt: number;
  /** As the program sees it: threads of ours have Node's numbers, too. */
  readonly threadId: number;
  readonly workerData: unknown;
  readonly buffers: readonly BufferRef[];
  /** Ports of the program that come along. */
  readonly ports: readonly MessagePort[];
  readonly execArgv: readonly string[];
  /** What it evaluates, if that is no file. */
  readonly evaluated: EvaluatedSource | undefined;
  /** What it prints goes to the worker's own streams, which the program reads. */
  readonly ownStdout: boolean;
  readonly ownStderr: boolean;
}

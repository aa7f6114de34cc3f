import type { MessagePort } from "node:worker_threads";
import type { RunMode } from "../../trace";
import type { EntryCode, Transport } from "../../wire";
import type { MemoryBacking } from "../memory/types";
import type { PlainShare } from "../plain/types";
import type { Pipes } from "./sink";

/** What a task asks of its process's host: the thread that makes and ends the others. */
export type HostRequest =
  | {
      readonly type: "spawn";
      readonly task: number;
      readonly parent: number;
      readonly key: string;
      readonly name: string;
      /** Encoded arguments and captures, empty if there are none; null for a copy of the main program. */
      readonly call: Uint8Array | null;
      /** Nanoseconds since the run's beginning. */
      readonly spawnedAt: number;
    }
  | { readonly type: "kill"; readonly task: number }
  /** A thread that a plain program has started itself: its line to the host. */
  | { readonly type: "adopt"; readonly task: number; readonly port: MessagePort }
  | { readonly type: "publish"; readonly id: number; readonly buffer: SharedArrayBuffer }
  /** The answer is the buffer. */
  | { readonly type: "fetch"; readonly id: number };

/** What all threads of a process have in common. Posted to each. */
export interface ProcessShare {
  readonly transport: Transport;
  readonly mode: RunMode;
  /** The task that this process was made for: its main thread. */
  readonly rootTask: number;
  readonly pipes: Pipes;
  readonly space: number;
  readonly arena: SharedArrayBuffer;
  readonly messages: SharedArrayBuffer;
  readonly memory: MemoryBacking;
  readonly entries: Readonly<Record<string, EntryCode>>;
  readonly file: string;
  readonly args: readonly string[];
  readonly runStart: bigint;
  /** Of the program that spawns nothing; 1 otherwise. */
  readonly copies: number;
  /** Megabytes. */
  readonly memoryLimit: number;
  readonly taskLimit: number;
  readonly perturb: number | null;
  readonly locale: string;
  /** One word for each stripe of memory: held during an atomic operation on it. */
  readonly guards: SharedArrayBuffer;
  /** Of a plain program. */
  readonly plain: PlainShare | undefined;
}

export interface HostData {
  readonly role: "host";
  readonly share: ProcessShare;
  /** To the main thread. */
  readonly port: MessagePort;
}

export interface ThreadData {
  readonly role: "task";
  readonly share: ProcessShare;
  /** To the host. */
  readonly port: MessagePort;
  readonly task: number;
  readonly name: string;
  readonly key: string;
  readonly call: Uint8Array | null;
  readonly spawnedAt: number;
}

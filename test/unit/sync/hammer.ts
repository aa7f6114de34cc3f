import { Worker } from "node:worker_threads";
import { Arena, SharedMessages } from "../../../src/sync";
import type { Kind, Meta } from "../../../src/trace";

export interface RecordedSync {
  readonly task: number;
  readonly kind: Kind;
  readonly object: number;
  readonly seq: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export interface HammerData {
  readonly arena: SharedArrayBuffer;
  readonly messages: SharedArrayBuffer;
  /** Words that the program uses as it likes. */
  readonly plain: SharedArrayBuffer;
  readonly task: number;
  readonly program: "readWrite" | "spin" | "barrier" | "condition" | "latch" | "pipe" | "socket";
  readonly parties: number;
  readonly rounds: number;
}

export interface HammerResult {
  readonly events: readonly RecordedSync[];
  readonly metas: readonly Meta[];
  readonly result: unknown;
}

export interface Hammered {
  /** Of all tasks, those with a number, in the order of their numbers. */
  readonly events: readonly RecordedSync[];
  readonly metas: readonly Meta[];
  readonly results: readonly unknown[];
  readonly cells: Int32Array;
}

/** Runs a program (hammer-worker.ts) in that many threads at once. */
export async function hammer(program: HammerData["program"], parties: number, rounds: number): Promise<Hammered> {
  const arena = new SharedArrayBuffer(Arena.byteLength);
  Arena.initialise(arena, 1024);
  const messages = new SharedArrayBuffer(SharedMessages.byteLength);
  const plain = new SharedArrayBuffer(64 * 4);
  const own = new Arena(arena, new SharedMessages(messages), () => {}, true);
  const told = await Promise.all(
    Array.from({ length: parties }, () => {
      const task = own.newTask(-1, 0);
      const workerData: HammerData = { arena, messages, plain, task, program, parties, rounds };
      const source = `require("tsx/cjs"); require(${JSON.stringify(require.resolve("./hammer-worker.ts"))});`;
      return new Promise<HammerResult>((resolve, reject) => {
        const worker = new Worker(source, { eval: true, workerData });
        worker.once("message", resolve);
        worker.once("error", reject);
      });
    }),
  );
  const events = told.flatMap((one) => one.events.filter((event) => event.seq > 0)).sort((x, y) => x.seq - y.seq);
  return { events, metas: told.flatMap((one) => one.metas), results: told.map((one) => one.result), cells: new Int32Array(plain) };
}

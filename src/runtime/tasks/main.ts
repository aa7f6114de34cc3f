import { writeSync } from "node:fs";
import { MessageChannel, Worker } from "node:worker_threads";
import { Arena, Header, SharedMessages } from "../../sync";
import type { Frame, InitBody } from "../../wire";
import { createHeap, createSegmentBuffer } from "../memory";
import type { MemoryBacking } from "../memory/types";
import { bootTask, type BootedTask } from "./boot";
import { BrokerDriver } from "./broker-driver";
import { HostBuffers, OwnBuffers } from "./buffers";
import { HostPort } from "./host-port";
import type { HostData, HostRequest, ProcessShare } from "./host-messages";
import { LocalDriver } from "./local-driver";
import { readReply } from "./read-replies";
import { PipeSink, endWithoutSupervisor } from "./sink";
import { takeDown } from "./take-down";
import { awaitCopies, openArena } from "./thread";

/** What the first thread of a process does, when it has been told what to run. */
export function runMain(init: InitBody, bytes: Uint8Array): void {
  const backing: MemoryBacking = {
    heap: createHeap(),
    segment: init.segment === null ? { type: "buffer", buffer: createSegmentBuffer() } : { type: "file", path: init.segment },
  };
  const threads = init.threads ? new Threads(init, backing) : undefined;
  const booted = boot(init, bytes, backing, threads);
  endWith(booted, init, threads);
  if (threads) {
    if (init.transport === "local") threads.beginLocal(booted);
    // A copy must be there before it can be waited for.
    awaitCopies(threads.arena.words, init.copies);
  }
  booted.begin();
}

function boot(init: InitBody, bytes: Uint8Array, backing: MemoryBacking, threads: Threads | undefined): BootedTask {
  const { task, kind, space } = init;
  const words = threads?.arena.words;
  const sink = new PipeSink(words, Header.PipeGuard, task + 1, undefined);
  const booted = bootTask({
    task,
    kind,
    spawnKind: init.mode === "threads" ? "thread" : "process",
    space,
    entry: init.entries[init.key],
    key: init.key,
    call: init.hasCall ? bytes.subarray(init.imageBytes) : null,
    image: bytes.subarray(0, init.imageBytes),
    sink,
    runStart: BigInt(init.runStart),
    spawnedAt: init.spawnedAt,
    backing,
    buffers: threads ? new HostBuffers(threads.port) : new OwnBuffers(),
    messageTarget: init.transport === "local" ? "same" : "other",
    file: init.file,
    args: init.args,
    driver: (now, memory) =>
      threads && init.transport === "local"
        ? new LocalDriver(task, threads.arena, now, (request) => threads.post(request), init.perturb)
        : new BrokerDriver(task, space, sink, threads ? threads.answers() : { next: readReply }, now, threads && { arena: threads.arena, post: (request) => threads.post(request) }, () => memory().exportSpace(), init.taskLimit, init.perturb),
  });
  return booted;
}

/** What the first thread keeps for the others of its process. */
class Threads {
  readonly share: ProcessShare;
  readonly arena: Arena;
  readonly port: HostPort;
  private readonly hostSide: MessageChannel["port2"];
  private host: Worker | undefined;

  constructor(
    private readonly init: InitBody,
    memory: MemoryBacking,
  ) {
    const { transport, mode, task, space, entries, file, args, copies, memoryLimit, taskLimit, perturb, locale } = init;
    const arena = new SharedArrayBuffer(Arena.byteLength);
    // Between processes it only says which threads live; messages go through the supervisor.
    const messages = new SharedArrayBuffer(transport === "local" ? SharedMessages.byteLength : 4096);
    const runStart = BigInt(init.runStart);
    this.share = { transport, mode, rootTask: task, space, arena, messages, memory, entries, file, args, runStart, copies, memoryLimit, taskLimit, perturb, locale };
    this.arena = openArena(arena, messages);
    Arena.initialise(arena, taskLimit);
    const { port1, port2 } = new MessageChannel();
    this.port = new HostPort(port1, this.arena.words, task);
    this.hostSide = port2;
    // Started before it is needed where it will be: its beginning takes as long as a thread's.
    if (transport === "broker" || Object.keys(entries).length > 1 || copies > 1) this.startHost();
  }

  /** Task 0 and, where the program spawns nothing, its copies. */
  beginLocal({ recorder }: BootedTask): void {
    const { arena, init } = this;
    const facts = { kind: "thread", pid: process.pid, parent: null, space: init.space } as const;
    recorder.meta({ type: "space", id: init.space, pid: process.pid, copyOf: null });
    arena.newTask(-1, 0);
    arena.setName(0, arena.uniqueName(init.name, 1));
    recorder.meta({ type: "task", id: 0, name: init.name, ...facts });
    for (let copy = 1; copy < init.copies; copy++) {
      const id = arena.newTask(-1, 0);
      if (id < 0) return;
      const name = `copy ${copy}`;
      arena.setName(id, name);
      arena.addThread();
      recorder.meta({ type: "task", id, name, ...facts });
      this.post({ type: "spawn", task: id, parent: -1, key: "main", name, call: null, spawnedAt: recorder.now() });
    }
  }

  answers(): { next(): Frame } {
    return { next: () => this.port.next() as Frame };
  }

  post(request: HostRequest): void {
    if (request.type === "spawn") this.startHost();
    this.port.post(request);
  }

  private startHost(): void {
    if (this.host) return;
    const data: HostData = { role: "host", share: this.share, port: this.hostSide };
    this.host = new Worker(__filename, { workerData: data, transferList: [this.hostSide], stdout: true, stderr: true });
    // The host runs no student code: its failure is ours, and the run can't go on without it.
    this.host.on("error", (error) => {
      writeSync(2, `${error.stack ?? String(error)}\n`);
      endWithoutSupervisor();
    });
    this.host.unref();
  }
}

/** A process ends when all of its tasks have; if its first fails or calls process.exit(), it takes the others down. */
function endWith({ life, memory, recorder }: BootedTask, init: InitBody, threads: Threads | undefined): void {
  process.on("beforeExit", () => {
    life.loopEmpty();
    // Nothing is left to do for this thread, so that it may block as long as others live.
    threads?.arena.awaitThreads();
  });
  process.on("exit", (code) => {
    life.conclude(code);
    if (threads && init.transport === "local") takeDown(threads.arena, threads.share.runStart);
    memory.emitFinals(init.task === 0);
    recorder.close();
  });
}

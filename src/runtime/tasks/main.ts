import { writeSync } from "node:fs";
import Module from "node:module";
import { MessageChannel, Worker } from "node:worker_threads";
import { Arena, Header, MAX_OBJECTS, MAX_TASKS, SharedMessages } from "../../sync";
import { Kind } from "../../trace";
import type { Frame, InitBody } from "../../wire";
import { afterExitListeners, emitExitEarly } from "../exit-listeners";
import { createHeap, createSegmentBuffer } from "../memory";
import type { MemoryBacking } from "../memory/types";
import { GUARD_BYTES, StripedOrder, followProcess, installPlain, plainTask, type PlainShare } from "../plain";
import { Perturbation } from "../perturbation";
import { bootTask, type BootedTask } from "./boot";
import { BrokerDriver } from "./broker-driver";
import { HostBuffers, OwnBuffers } from "./buffers";
import { HostPort } from "./host-port";
import type { HostData, HostRequest, ProcessShare } from "./host-messages";
import { LocalDriver } from "./local-driver";
import { readReply } from "./read-replies";
import { PipeSink, endWithoutSupervisor, ownPipes } from "./sink";
import { takeDown } from "./take-down";
import { askSeq, awaitCopies, openArena } from "./thread";

/** The first thread is never terminated: it need not say when it must not be. */
const FREE = { enter: () => {}, leave: () => {} };

/**
 * What the first thread of a process does, when it has been told what to run.
 *
 * @param keepCode see `start/code-cache.ts`
 */
export function runMain(init: InitBody, bytes: Uint8Array, keepCode: (() => void) | undefined): void {
  // One process of the run does it, when all else is done; it has seen most of the code.
  const atEnd = init.task === 0 ? keepCode : undefined;
  const backing: MemoryBacking = {
    heap: createHeap(),
    segment: init.segment === null ? { type: "buffer", buffer: createSegmentBuffer() } : { type: "file", path: init.segment },
  };
  const threads = init.threads ? new Threads(init, backing) : undefined;
  const perturbation = Perturbation.of(init.perturb, init.task);
  const booted = boot(init, bytes, backing, threads, perturbation);
  if (init.plain && threads) {
    threads.beginPlain(booted, perturbation, atEnd);
    return;
  }
  endWith(booted, init, threads, atEnd);
  if (threads) {
    if (init.transport === "local") threads.beginLocal(booted);
    // A copy must be there before it can be waited for.
    awaitCopies(threads.arena.words, init.copies);
  }
  booted.begin();
}

function boot(init: InitBody, bytes: Uint8Array, backing: MemoryBacking, threads: Threads | undefined, perturbation: Perturbation | undefined): BootedTask {
  const { task, kind, space } = init;
  const words = threads?.arena.words;
  const sink = threads?.sink ?? new PipeSink(words, Header.PipeGuard, task + 1, undefined);
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
    atomics: threads && new StripedOrder(threads.share.guards, threads.arena, task, FREE, perturbation, init.transport === "local" ? undefined : () => booted.driver.startSeq()),
    plain: init.plain ? { stdout: init.child ? init.child.stdout : "stdout", stderr: init.child ? init.child.stderr : "stderr", guard: FREE } : undefined,
    buffers: threads ? new HostBuffers(threads.port) : new OwnBuffers(),
    messageTarget: init.transport === "local" ? "same" : "other",
    file: init.file,
    args: init.args,
    driver: (now, memory) =>
      threads && init.transport === "local"
        ? new LocalDriver(task, threads.arena, now, (request) => threads.post(request), perturbation)
        : new BrokerDriver(task, space, sink, threads ? threads.answers() : { next: readReply }, now, threads && { arena: threads.arena, post: (request) => threads.post(request) }, () => memory().exportSpace(), init.taskLimit, perturbation),
  });
  return booted;
}

/** What the first thread keeps for the others of its process. */
class Threads {
  readonly share: ProcessShare;
  readonly arena: Arena;
  readonly port: HostPort;
  readonly sink: PipeSink;
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
    const plain: PlainShare | undefined = init.plain
      ? { marker: process.getBuiltinModule("node:crypto").randomUUID(), stdout: init.child ? init.child.stdout : "stdout", stderr: init.child ? init.child.stderr : "stderr", firstObject: space * MAX_OBJECTS }
      : undefined;
    this.share = { transport, mode, rootTask: task, pipes: ownPipes(), space, arena, messages, memory, entries, file, args, runStart, copies, memoryLimit, taskLimit, perturb, locale, guards: new SharedArrayBuffer(GUARD_BYTES), plain };
    this.arena = openArena(arena, messages, () => askSeq(task, this.sink, this.port));
    // A plain program has as many threads as it likes.
    Arena.initialise(arena, init.plain ? MAX_TASKS : taskLimit);
    if (init.child) this.arena.countOutside();
    const { port1, port2 } = new MessageChannel();
    this.port = new HostPort(port1, this.arena.words, task);
    this.hostSide = port2;
    this.sink = new PipeSink(this.arena.words, Header.PipeGuard, task + 1, undefined);
    // Started before it is needed where it will be: its beginning takes as long as a thread's.
    if (init.plain || transport === "broker" || Object.keys(entries).length > 1 || copies > 1) this.startHost();
  }

  /** Task 0 and, where the program spawns nothing, its copies. */
  beginLocal({ recorder }: BootedTask): void {
    const { arena, init } = this;
    const facts = { kind: "thread", pid: process.pid, parent: null, space: init.space } as const;
    recorder.meta({ type: "space", id: init.space, pid: process.pid, copyOf: null });
    arena.newTask(-1, 0);
    arena.setName(0, arena.uniqueName(init.name, 1));
    recorder.meta({ type: "task", id: 0, name: init.name, ...facts });
    // That this task lives has to be known before a copy can wait for it.
    if (init.copies > 1) recorder.flush();
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

  /** Lets Node run the file, and follows. */
  beginPlain(booted: BootedTask, perturbation: Perturbation | undefined, atEnd: (() => void) | undefined): void {
    const { init, arena, share, sink, port } = this;
    const { recorder, memory, life, driver, buffers } = booted;
    const { child } = init;
    if (child) {
      arena.adoptTask(init.task, -1);
      arena.setName(init.task, init.name);
    } else this.beginLocal(booted);
    followProcess(life, (code) => {
      buffers?.emitFinals();
      life.conclude(code);
      takeDown(arena, share.runStart);
      memory.emitFinals(true);
      recorder.close();
      atEnd?.();
    });
    if (!child) {
      process.argv.splice(1, Infinity, init.file, ...init.args);
      process.execArgv = [];
    }
    recorder.sync(Kind.TaskStart, init.task, driver.startSeq());
    recorder.flush();
    installPlain(plainTask(booted, { task: init.task, share, arena, host: port, critical: FREE, sink, perturbation }), __filename, undefined, child);
    // A child is Node's own process: it runs its program when this has been loaded.
    if (!child) (Module as unknown as { runMain(): void }).runMain();
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
    this.host = new Worker(__filename, { workerData: data, transferList: [this.hostSide], stdout: true, stderr: true, execArgv: [] });
    // The host runs no student code: its failure is ours, and the run can't go on without it.
    this.host.on("error", (error) => {
      writeSync(2, `${error.stack ?? String(error)}\n`);
      endWithoutSupervisor();
    });
    this.host.unref();
  }
}

/** A process ends when all of its tasks have; if its first fails or calls process.exit(), it takes the others down. */
function endWith({ life, memory, recorder }: BootedTask, init: InitBody, threads: Threads | undefined, atEnd: (() => void) | undefined): void {
  process.on("beforeExit", () => {
    // They are to be done before the end is told, and before this thread blocks.
    emitExitEarly(life.exitCodeOfEmptyLoop);
    life.loopEmpty();
    // Nothing is left to do for this thread, so that it may block as long as others live.
    threads?.arena.awaitThreads();
  });
  afterExitListeners((code) => {
    life.conclude(code);
    if (threads && init.transport === "local") takeDown(threads.arena, threads.share.runStart);
    memory.emitFinals(init.task === 0);
    recorder.close();
    atEnd?.();
  });
}

import { writeSync } from "node:fs";
import { MessageChannel, Worker } from "node:worker_threads";
import { Arena, Header, SharedMessages, TaskState, endTask } from "../../sync";
import { EndReason, Kind, TraceWriter } from "../../trace";
import { RequestCode, requestFrame, type InitBody, type Note } from "../../wire";
import { createHeap, createSegmentBuffer } from "../memory";
import { bootTask, type BootedTask } from "./boot";
import { HostBuffers } from "./buffers";
import { doom } from "./host";
import type { HostData, HostRequest, ProcessShare } from "./host-messages";
import { LocalDriver } from "./local-driver";
import { PipeSink, endWithoutSupervisor } from "./sink";
import { awaitCopies, openArena } from "./thread";

/** The main thread of the one process of a run: task 0. All other tasks are threads beside it. */
export function runMainLocal(init: InitBody): void {
  const share = createShare(init);
  const arena = openArena(share.arena, share.messages);
  Arena.initialise(share.arena, init.taskLimit);
  const task = arena.newTask(-1, 0);
  arena.setName(task, arena.uniqueName(init.name, task + 1));
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  let host: Worker | undefined;
  const startHost = (): void => {
    if (host) return;
    const data: HostData = { role: "host", share, port: port2 };
    host = new Worker(__filename, { workerData: data, transferList: [port2], stdout: true, stderr: true });
    // The host runs no student code: its failure is ours, and the run can't go on without it.
    host.on("error", (error) => {
      writeSync(2, `${error.stack ?? String(error)}\n`);
      endWithoutSupervisor();
    });
    host.unref();
  };
  const post = (request: HostRequest): void => {
    if (request.type === "spawn") startHost();
    port1.postMessage(request);
  };
  const booted = bootTask({
    task,
    kind: "thread",
    space: share.space,
    entry: init.entries[init.key],
    key: init.key,
    call: null,
    image: undefined,
    sink: new PipeSink(arena.words, Header.PipeGuard, task + 1, undefined),
    runStart: share.runStart,
    spawnedAt: 0,
    backing: share.memory,
    buffers: new HostBuffers(port1, arena.words, task),
    messageTarget: "same",
    startSeq: undefined,
    file: init.file,
    args: init.args,
    driver: (now) => new LocalDriver(task, arena, now, post),
  });
  const { recorder } = booted;
  recorder.meta({ type: "space", id: share.space, pid: process.pid, copyOf: null });
  recorder.meta({ type: "task", id: task, name: init.name, kind: "thread", pid: process.pid, parent: null, space: share.space });
  if (Object.keys(init.entries).length > 1 || init.copies > 1) startHost();
  for (let copy = 1; copy < init.copies; copy++) spawnCopy(arena, booted, copy, share, post);
  endWith(booted, arena, share);
  awaitCopies(arena.words, init.copies);
  booted.begin();
}

function createShare(init: InitBody): ProcessShare {
  return {
    mode: init.mode,
    space: init.space,
    arena: new SharedArrayBuffer(Arena.byteLength),
    messages: new SharedArrayBuffer(SharedMessages.byteLength),
    memory: { heap: createHeap(), segment: { type: "buffer", buffer: createSegmentBuffer() } },
    entries: init.entries,
    file: init.file,
    args: init.args,
    runStart: BigInt(init.runStart),
    copies: init.copies,
    memoryLimit: init.memoryLimit,
    perturb: init.perturb,
    locale: init.locale,
  };
}

function spawnCopy(arena: Arena, { recorder }: BootedTask, copy: number, share: ProcessShare, post: (request: HostRequest) => void): void {
  const id = arena.newTask(-1, 0);
  if (id < 0) return;
  const name = `copy ${copy}`;
  arena.setName(id, name);
  recorder.meta({ type: "task", id, name, kind: "thread", pid: process.pid, parent: null, space: share.space });
  recorder.flush();
  post({ type: "spawn", task: id, parent: -1, key: "main", name, call: null, spawnedAt: recorder.now() });
}

/** The process ends when all of its tasks have; if main fails or calls process.exit(), it takes them down. */
function endWith(booted: BootedTask, arena: Arena, share: ProcessShare): void {
  const { words } = arena;
  process.on("beforeExit", () => {
    booted.life.loopEmpty();
    // Main has nothing left to do, so that it may block here as long as others live.
    for (let live = Atomics.load(words, Header.LiveTasks); live > 0; live = Atomics.load(words, Header.LiveTasks)) {
      Atomics.wait(words, Header.LiveTasks, live);
    }
  });
  process.on("exit", (code) => {
    booted.life.conclude(code);
    takeDown(arena, share);
    booted.memory.emitFinals(true);
    booted.recorder.close();
  });
}

/** Threads that still run end with their process. */
function takeDown(arena: Arena, share: ProcessShare): void {
  const { words } = arena;
  const count = Math.min(Atomics.load(words, Header.NextTask), words[Header.TaskLimit]!);
  const sink = new PipeSink(words, Header.PipeGuard, 1, undefined);
  for (let task = 1; task < count; task++) {
    if (arena.taskState(task) !== TaskState.Running) continue;
    doom(words, task);
    const seq = endTask(arena, task, TaskState.Killed, -1, 0);
    if (seq === 0) continue;
    const writer = new TraceWriter(task);
    writer.sync(Kind.TaskEnd, 0, task, Number(process.hrtime.bigint() - share.runStart), seq, EndReason.Killed, -1);
    sink.write(writer.take());
    const note: Note = { type: "ended", task, state: TaskState.Killed };
    sink.write(requestFrame(task, RequestCode.Note, note));
  }
}

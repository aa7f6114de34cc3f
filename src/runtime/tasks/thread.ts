import { Arena, Header, SharedMessages, TaskWord, taskBlock } from "../../sync";
import { RequestCode, requestFrame, type Frame, type SeqResult } from "../../wire";
import { afterExitListeners } from "../exit-listeners";
import { Perturbation } from "../perturbation";
import { Kind } from "../../trace";
import { StripedOrder, followProcess, installPlain, plainTask, restoreWorkerData, type PlainThreadData } from "../plain";
import { bootTask } from "./boot";
import { BrokerDriver } from "./broker-driver";
import { CriticalSection } from "./critical";
import { HostBuffers } from "./buffers";
import { HostPort } from "./host-port";
import type { HostRequest, ThreadData } from "./host-messages";
import { LocalDriver } from "./local-driver";
import { PipeSink, usePipes } from "./sink";

/** The shared state of a process's tasks, as one of its threads sees it. */
export function openArena(arena: SharedArrayBuffer, messages: SharedArrayBuffer, outside?: () => number): Arena {
  const words = new Int32Array(arena);
  return new Arena(arena, new SharedMessages(messages), (task) => Atomics.notify(words, taskBlock(task) + TaskWord.Parked, 1), true, outside);
}

/** Asks the supervisor for the next number, where it gives them. */
export function askSeq(task: number, sink: PipeSink, answers: HostPort): number {
  sink.write(requestFrame(task, RequestCode.Seq, {}));
  return ((answers.next() as Frame).body as SeqResult).seq;
}

/** Waits until all copies of a program that spawns nothing are ready, so that they begin together. */
export function awaitCopies(words: Int32Array, copies: number): void {
  if (copies < 2) return;
  Atomics.add(words, Header.Ready, 1);
  Atomics.notify(words, Header.Ready);
  for (let ready = Atomics.load(words, Header.Ready); ready < copies; ready = Atomics.load(words, Header.Ready)) {
    Atomics.wait(words, Header.Ready, ready);
  }
}

/** A Worker of a plain program: becomes a task of the run before Node runs its file. */
export function runPlainThread(data: PlainThreadData, script: string): void {
  const { share, port, task, spawnedAt } = data;
  usePipes(share.pipes);
  const arena = openArena(share.arena, share.messages, () => askSeq(task, sink, host));
  const host = new HostPort(port, arena.words, task);
  let local: LocalDriver | undefined;
  const critical = { enter: () => local?.enter(), leave: () => local?.leave() };
  const sink = new PipeSink(arena.words, Header.PipeGuard, task + 1, critical);
  const perturbation = Perturbation.of(share.perturb, task);
  const booted = bootTask({
    task,
    kind: "thread",
    spawnKind: "thread",
    space: share.space,
    entry: undefined,
    key: "",
    call: null,
    image: undefined,
    sink,
    runStart: share.runStart,
    spawnedAt,
    backing: share.memory,
    buffers: new HostBuffers(host),
    messageTarget: "same",
    file: share.file,
    args: share.args,
    atomics: new StripedOrder(share.guards, arena, task, critical, perturbation),
    plain: {
      stdout: data.ownStdout ? null : (share.plain?.stdout ?? null),
      stderr: data.ownStderr ? null : (share.plain?.stderr ?? null),
      guard: critical,
    },
    driver: (now) => (local = new LocalDriver(task, arena, now, (request) => host.post(request), perturbation)),
  });
  const { life, recorder, buffers, driver } = booted;
  followProcess(life, (code) => {
    buffers?.emitFinals();
    life.conclude(code);
    recorder.close();
  });
  recorder.sync(Kind.TaskStart, task, driver.startSeq());
  restoreWorkerData(data);
  installPlain(plainTask(booted, { task, share, arena, host, critical, sink, perturbation }), script, data, null);
}

/** What a worker thread does that is a task. */
export function runThread({ share, port, task, key, call, spawnedAt }: ThreadData): void {
  usePipes(share.pipes);
  const arena = openArena(share.arena, share.messages);
  const host = new HostPort(port, arena.words, task);
  const post = (request: HostRequest): void => host.post(request);
  let local: LocalDriver | undefined;
  const critical = { enter: () => local?.enter(), leave: () => local?.leave() };
  const sink = new PipeSink(arena.words, Header.PipeGuard, task + 1, critical);
  const perturbation = Perturbation.of(share.perturb, task);
  const { life, begin, driver } = bootTask({
    task,
    kind: "thread",
    spawnKind: share.mode === "threads" ? "thread" : "process",
    space: share.space,
    entry: share.entries[key],
    key,
    call,
    image: undefined,
    sink,
    runStart: share.runStart,
    spawnedAt,
    backing: share.memory,
    buffers: new HostBuffers(host),
    messageTarget: share.transport === "local" ? "same" : "other",
    file: share.file,
    args: share.args,
    atomics:
      share.transport === "local"
        ? new StripedOrder(share.guards, arena, task, critical, perturbation)
        : new StripedOrder(share.guards, arena, task, new CriticalSection(arena.words, task), perturbation, () => driver.startSeq()),
    driver: (now, memory) =>
      share.transport === "local"
        ? (local = new LocalDriver(task, arena, now, post, perturbation))
        : new BrokerDriver(task, share.space, sink, { next: () => host.next() as Frame }, now, { arena, post }, () => memory().exportSpace(), share.taskLimit, perturbation),
  });
  afterExitListeners((code) => life.conclude(code));
  if (call === null) awaitCopies(arena.words, share.copies);
  begin();
}

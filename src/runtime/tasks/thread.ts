import { Arena, Header, SharedMessages, TaskWord, taskBlock } from "../../sync";
import type { Frame } from "../../wire";
import { bootTask } from "./boot";
import { BrokerDriver } from "./broker-driver";
import { HostBuffers } from "./buffers";
import { HostPort } from "./host-port";
import type { HostRequest, ThreadData } from "./host-messages";
import { LocalDriver } from "./local-driver";
import { PipeSink } from "./sink";

/** The shared state of a process's tasks, as one of its threads sees it. */
export function openArena(arena: SharedArrayBuffer, messages: SharedArrayBuffer): Arena {
  const words = new Int32Array(arena);
  return new Arena(arena, new SharedMessages(messages), (task) => Atomics.notify(words, taskBlock(task) + TaskWord.Parked, 1), true);
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

/** What a worker thread does that is a task. */
export function runThread({ share, port, task, key, call, spawnedAt }: ThreadData): void {
  const arena = openArena(share.arena, share.messages);
  const host = new HostPort(port, arena.words, task);
  const post = (request: HostRequest): void => host.post(request);
  let local: LocalDriver | undefined;
  const critical = { enter: () => local?.enter(), leave: () => local?.leave() };
  const sink = new PipeSink(arena.words, Header.PipeGuard, task + 1, critical);
  const { life, begin } = bootTask({
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
    driver: (now, memory) =>
      share.transport === "local"
        ? (local = new LocalDriver(task, arena, now, post, share.perturb))
        : new BrokerDriver(task, share.space, sink, { next: () => host.next() as Frame }, now, { arena, post }, () => memory().exportSpace(), share.taskLimit, share.perturb),
  });
  process.on("exit", (code) => life.conclude(code));
  if (call === null) awaitCopies(arena.words, share.copies);
  begin();
}

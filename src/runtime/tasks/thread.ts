import { Arena, Header, SharedMessages, TaskWord, taskBlock } from "../../sync";
import { bootTask } from "./boot";
import { HostBuffers } from "./buffers";
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
  // Nothing the program does may depend on this port; it must not keep the thread alive.
  port.unref();
  const post = (request: HostRequest): void => port.postMessage(request);
  let driver: LocalDriver | undefined;
  const critical = { enter: () => driver?.enter(), leave: () => driver?.leave() };
  const booted = bootTask({
    task,
    kind: "thread",
    space: share.space,
    entry: share.entries[key],
    key,
    call,
    image: undefined,
    sink: new PipeSink(arena.words, Header.PipeGuard, task + 1, critical),
    runStart: share.runStart,
    spawnedAt,
    backing: share.memory,
    buffers: new HostBuffers(port, arena.words, task),
    messageTarget: "same",
    startSeq: undefined,
    file: share.file,
    args: share.args,
    driver: (now) => (driver = new LocalDriver(task, arena, now, post)),
  });
  process.on("exit", (code) => booted.life.conclude(code));
  if (call === null) awaitCopies(arena.words, share.copies);
  booted.begin();
}

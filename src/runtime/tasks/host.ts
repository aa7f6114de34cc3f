import { BroadcastChannel, Worker, MessageChannel, type MessagePort } from "node:worker_threads";
import { Arena, Header, MAX_OBJECTS, ObjectWord, SharedMessages, TaskState, TaskWord, endTask, heldAtDeath, objectRecord, taskBlock } from "../../sync";
import { EndReason, Kind, TraceWriter } from "../../trace";
import { FrameReader, ReplyCode, RequestCode, requestFrame, type FailureBody, type Failure, type Frame, type IdleBody, type Note, type QuietBody, type TaskBody } from "../../wire";
import type { HostData, HostRequest, ProcessShare, ThreadData } from "./host-messages";
import { AnswerPorts } from "./host-port";
import { awakeTasks, othersRun } from "./quiet";
import { PipeSink, endWithoutSupervisor, ownPipes, releasePipeOf, usePipes } from "./sink";

const encoder = new TextEncoder();
/** For a thread inside an operation on shared state to leave it before it is terminated. It takes microseconds, unless the machine is overloaded. */
const PATIENCE_MS = 10_000;
/** About what a process of ours has before the program puts anything into it. */
const BARE_RSS = 80e6;

/**
 * The host thread of a process: its event loop is always free, so that tasks begin, are killed and are seen to end while
 * every task blocks. It runs no student code.
 */
export class Host {
  private readonly arena: Arena;
  private readonly words: Int32Array;
  private readonly sink: PipeSink;
  private readonly workers = new Map<number, Worker>();
  private readonly buffers = new Map<number, SharedArrayBuffer>();
  /** Who asked for a buffer that is not there yet. */
  private readonly waiting = new Map<number, number[]>();
  private readonly ports: AnswerPorts;
  private readonly killed = new Set<number>();
  private findsMemory = false;
  /** To all threads of a plain program. */
  private idleness: BroadcastChannel | undefined;

  constructor(
    private readonly share: ProcessShare,
    private readonly script: string,
  ) {
    this.words = new Int32Array(share.arena);
    this.ports = new AnswerPorts(this.words);
    this.arena = new Arena(share.arena, new SharedMessages(share.messages), (task) => Atomics.notify(this.words, taskBlock(task) + TaskWord.Parked, 1), true);
    this.sink = new PipeSink(this.words, Header.PipeGuard, -1, undefined);
  }

  start(port: MessagePort, task: number): void {
    this.listen(port, task);
    this.hearSupervisor();
  }

  /** Passes on what the supervisor answers. When it dies, its end of the pipe closes: then nobody may be left. */
  private hearSupervisor(): void {
    const reader = new FrameReader({ onChunk: () => {}, onFrame: (frame) => this.onFrame(frame) });
    // Not imported: every task would load it, too.
    const { Socket } = process.getBuiltinModule("node:net");
    const pipe = new Socket({ fd: ownPipes().replies, readable: true, writable: false });
    pipe.on("data", (bytes: Buffer) => reader.push(bytes));
    pipe.on("end", endWithoutSupervisor);
    pipe.on("error", endWithoutSupervisor);
  }

  private onFrame(frame: Frame): void {
    if (frame.code === Number(ReplyCode.KillThread)) this.kill((frame.body as TaskBody).task);
    else if (frame.code === Number(ReplyCode.FindMemory)) void this.findMemory();
    else if (frame.code === Number(ReplyCode.AskIdle)) this.askIdle(frame.body as IdleBody);
    else if (frame.code === Number(ReplyCode.AskQuiet)) this.note({ type: "quiet", question: (frame.body as QuietBody).question, awake: awakeTasks(this.arena), running: othersRun() });
    else this.ports.answer(frame.task, frame);
  }

  private askIdle(body: IdleBody): void {
    const { plain } = this.share;
    if (!plain) return;
    this.idleness ??= new BroadcastChannel(plain.marker);
    this.idleness.unref();
    this.idleness.postMessage(body);
  }

  private listen(port: MessagePort, task: number): void {
    this.ports.add(task, port);
    port.on("message", (request: HostRequest) => this.handle(request, task));
  }

  private handle(request: HostRequest, task: number): void {
    switch (request.type) {
      case "spawn":
        this.spawn(request);
        return;
      case "kill":
        this.kill(request.task);
        return;
      case "adopt":
        this.listen(request.port, request.task);
        return;
      case "publish":
        this.buffers.set(request.id, request.buffer);
        for (const asker of this.waiting.get(request.id) ?? []) this.ports.answer(asker, request.buffer);
        this.waiting.delete(request.id);
        return;
      case "fetch": {
        const buffer = this.buffers.get(request.id);
        if (buffer) this.ports.answer(task, buffer);
        else this.waiting.set(request.id, [...(this.waiting.get(request.id) ?? []), task]);
        return;
      }
    }
  }

  private spawn({ task, name, key, call, spawnedAt }: HostRequest & { type: "spawn" }): void {
    // Killed before it began.
    if (this.killed.has(task)) {
      this.arena.threadGone();
      return;
    }
    const { share } = this;
    const { port1, port2 } = new MessageChannel();
    // Only its own code: each thread gets a copy of what is posted.
    const entry = share.entries[key];
    const data: ThreadData = { role: "task", share: { ...share, entries: entry ? { [key]: entry } : {} }, port: port2, task, name, key, call, spawnedAt };
    const worker = new Worker(this.script, {
      workerData: data,
      transferList: [port2],
      argv: [...share.args],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: share.memoryLimit },
    });
    this.workers.set(task, worker);
    this.listen(port1, task);
    let failure: Failure | undefined;
    worker.on("error", (error: Error & { code?: string }) => {
      failure =
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? { error: `Out of memory: the task's heap reached ${share.memoryLimit} MB`, cause: "out-of-memory" }
          : { error: `${error.name}: ${error.message}`, ...(error.stack === undefined ? {} : { stack: error.stack }), cause: "exception" };
    });
    worker.on("exit", (code) => {
      this.workers.delete(task);
      this.ports.remove(task);
      port1.close();
      this.ended(task, code, failure);
      this.arena.threadGone();
    });
  }

  /** A thread has gone. Usually it has told so itself. */
  private ended(task: number, exitCode: number, failure: Failure | undefined): void {
    if (this.arena.taskState(task) !== TaskState.Running) return;
    const { share } = this;
    this.releaseGuards(task);
    // The run is about to end: that tells what becomes of it.
    if (this.findsMemory) return;
    const killed = failure === undefined && this.killed.has(task);
    if (failure?.cause === "out-of-memory") {
      // This ends the run. Nobody who joins the task is to go on before that.
      this.note({ type: "out-of-memory", task, failure });
      return;
    }
    if (share.transport === "broker") {
      this.arena.endThread(task, TaskState.Killed);
      const lost = failure ?? { error: `it ended with exit code ${exitCode}`, exitCode, cause: "exit" as const };
      this.note({ type: "lost", task, exitCode, failure: killed ? null : lost });
      return;
    }
    const told: FailureBody = { message: failure?.error ?? "it was killed", ...(killed ? {} : { exitCode }) };
    const writer = new TraceWriter(task);
    if (!killed) writer.meta({ type: "task-failure", id: task, exitCode, ...(failure ?? { error: `it ended with exit code ${exitCode}`, cause: "exit" }) });
    const state = killed ? TaskState.Killed : TaskState.Crashed;
    const seq = endTask(this.arena, task, state, killed ? -1 : exitCode, this.arena.messages.put(encoder.encode(JSON.stringify(told))));
    for (const lock of heldAtDeath(this.arena, task)) writer.meta({ type: "task-held", id: task, ...lock });
    writer.sync(Kind.TaskEnd, 0, task, this.now(), seq, killed ? EndReason.Killed : EndReason.Crashed, killed ? -1 : exitCode);
    this.sink.write(writer.take());
    this.note({ type: "ended", task, state, seq });
  }

  /**
   * Whose memory it was that the process has too much of: nobody tells how much a busy thread has, but what its end gives back can be
   * seen. (The run ends anyway.) What is left then is the first thread's.
   */
  private async findMemory(): Promise<void> {
    this.findsMemory = true;
    let task = this.share.rootTask;
    let most = 0;
    let left = process.memoryUsage.rss();
    for (const [id, worker] of [...this.workers]) {
      await worker.terminate();
      const now = process.memoryUsage.rss();
      if (left - now > most) {
        most = left - now;
        task = id;
      }
      left = now;
    }
    this.note({ type: "out-of-memory", task: most > left - BARE_RSS ? task : this.share.rootTask, failure: null });
  }

  private note(note: Note): void {
    this.sink.write(requestFrame(0, RequestCode.Note, note));
  }

  private now(): number {
    return Number(process.hrtime.bigint() - this.share.runStart);
  }

  private kill(task: number): void {
    if (this.arena.taskState(task) !== TaskState.Running) return;
    this.killed.add(task);
    if (task === this.share.rootTask) {
      // It is its process.
      process.kill(process.pid, "SIGKILL");
    }
    doom(this.words, task);
    const worker = this.workers.get(task);
    if (worker) void worker.terminate();
    else this.ended(task, -1, undefined);
  }

  /** What a thread held when it was cut off in the middle of an operation (out of memory). */
  private releaseGuards(task: number): void {
    const { words } = this;
    const holder = task + 1;
    releasePipeOf(words, Header.PipeGuard, holder);
    if (words[Header.DirectoryGuard] === holder) this.arena.leave(Header.DirectoryGuard);
    const count = Math.min(Atomics.load(words, Header.NextObject), MAX_OBJECTS);
    for (let id = 1; id < count; id++) {
      const guard = objectRecord(id) + ObjectWord.Guard;
      if (words[guard] === holder) this.arena.leave(guard);
    }
  }
}

/** Keeps a task from beginning another operation, and waits until it is in none. */
export function doom(words: Int32Array, task: number): void {
  const block = taskBlock(task);
  Atomics.store(words, block + TaskWord.Doomed, 1);
  const deadline = performance.now() + PATIENCE_MS;
  while (Atomics.load(words, block + TaskWord.Busy) !== 0 && performance.now() < deadline) Atomics.wait(words, Header.Never, 0, 0.05);
}

export function runHost(data: HostData, script: string): void {
  usePipes(data.share.pipes);
  new Host(data.share, script).start(data.port, data.share.rootTask);
}

import workerThreads, { type WorkerOptions } from "node:worker_threads";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { Header, MAX_TASKS, TaskState, TaskWord, type Arena, endTask, taskBlock } from "../../sync";
import { EndReason, Kind, TraceWriter } from "../../trace";
import { RequestCode, type NewThreadBody, type NewThreadResult, type Note } from "../../wire";
import { onEmit } from "../exit-listeners";
import { Place } from "../perturbation";
import { describeFailure } from "../tasks/failure";
import { doom } from "../tasks/host";
import { releasePipeOf } from "../tasks/sink";
import { hidden, portsOf, type Messages } from "./messages";
import type { PlainModules } from "./modules";
import { replaceIn } from "./patch";
import { registered } from "./thread-numbers";
import type { PlainTask, PlainThreadData } from "./types";

// Node's own: the program gets others.
const { MessageChannel, Worker, getEnvironmentData, setEnvironmentData } = workerThreads;
type Worker = workerThreads.Worker;

interface Started {
  readonly task: number;
  readonly threadId: number;
  /** The program reads its output itself. */
  readonly ownOutput: boolean;
  error: unknown;
  failed: boolean;
  killed: boolean;
  /** The event loop waits for its end. */
  awaited: boolean;
  joined: boolean;
}

/** Makes each Worker of a plain program a task of the run, and leaves it the Worker that it is. */
export class Workers {
  private readonly started = new WeakMap<Worker, Started>();
  /** `threadId` of the one that Node is making just now, which it registers under that number. */
  private making: number | undefined;
  /** The one that Node is striking off the register. */
  private leaving: Worker | undefined;
  /** Node is inside terminate(), and asks for the number of the thread for its own use. */
  private terminates = false;
  /** Those that have not ended. */
  readonly running = new Set<Worker>();
  /** Where the latest of them was made. */
  site = 0;
  private readonly environment = new Map<unknown, unknown>();
  /** Those whose end nobody has seen, though the event loop has waited for it. */
  private readonly unseen = new Set<Started>();

  constructor(
    private readonly self: PlainTask,
    private readonly messages: Messages,
    private readonly modules: PlainModules,
    private readonly script: string,
  ) {}

  install(): void {
    const { prototype } = Worker;
    const { environment } = this;
    const heard = (worker: Worker, args: unknown[]): void => this.heard(worker, args);
    const asked = <R>(leaving: Worker | undefined, body: () => R): R => this.whileLeaving(leaving, body);
    const terminating = (worker: Worker): void => this.terminating(worker);
    const inside = (terminates: boolean): void => void (this.terminates = terminates);
    const emit = Reflect.get(prototype, "emit") as (...args: unknown[]) => boolean;
    Object.defineProperty(prototype, "emit", {
      configurable: true,
      writable: true,
      enumerable: false,
      value(this: Worker, ...args: unknown[]): boolean {
        heard(this, args);
        return asked(undefined, () => Reflect.apply(emit, this, args));
      },
    });
    for (const [key, awaited] of [["ref", true], ["unref", false]] as const) {
      const original = Reflect.get(prototype, key) as (...args: unknown[]) => unknown;
      const { started } = this;
      replaceIn(prototype, key, {
        [key](this: Worker, ...args: unknown[]): unknown {
          const its = started.get(this);
          if (its) its.awaited = awaited;
          return Reflect.apply(original, this, args);
        },
      }[key]);
    }
    this.numberThreads(prototype);
    onEmit(
      () => {},
      (event) => {
        if (event === "beforeExit") this.emptyLoop();
      },
    );
    const terminate = Reflect.get(prototype, "terminate") as (...args: unknown[]) => Promise<number>;
    replaceIn(prototype, "terminate", {
      terminate(this: Worker, ...args: unknown[]): Promise<number> {
        terminating(this);
        inside(true);
        try {
          return Reflect.apply(terminate, this, args);
        } finally {
          inside(false);
        }
      },
    }.terminate);
    replaceIn(workerThreads, "Worker", new Proxy(Worker, { construct: (target, args, newTarget) => this.construct(target, args, newTarget) }));
    replaceIn(workerThreads, "setEnvironmentData", {
      setEnvironmentData(key: unknown, value: unknown): void {
        setEnvironmentData(key as string, value as string);
        if (value === undefined) environment.delete(key);
        else environment.set(key, getEnvironmentData(key as string));
      },
    }.setEnvironmentData);
  }

  /** `worker.threadId`, for as long as there is a thread. */
  private numberThreads(prototype: object): void {
    const own = Object.getOwnPropertyDescriptor(prototype, "threadId");
    if (!own?.get) return;
    const { get } = own;
    const shown = (worker: Worker): number | undefined => {
      const number = this.started.get(worker)?.threadId ?? this.making;
      return number !== undefined && (this.making !== undefined || worker === this.leaving) ? registered(number) : number;
    };
    const sawNone = (worker: Worker): void => this.sawNoThread(worker);
    const { threadId } = Object.getOwnPropertyDescriptors({
      get threadId(): number {
        const native = Reflect.apply(get, this, []) as number;
        if (native < 0) sawNone(this as unknown as Worker);
        return native < 0 ? native : (shown(this as unknown as Worker) ?? native);
      },
    });
    Object.defineProperty(prototype, "threadId", { ...own, get: threadId.get });
    const onExit = Object.getOwnPropertySymbols(prototype).find(({ description }) => description === "kOnExit");
    if (!onExit) return;
    const exit = Object.getOwnPropertyDescriptor(prototype, onExit)!;
    const asked = (leaving: Worker, body: () => unknown): unknown => this.whileLeaving(leaving, body);
    Object.defineProperty(prototype, onExit, {
      ...exit,
      value(this: Worker, ...args: unknown[]): unknown {
        return asked(this, () => Reflect.apply(exit.value as (...args: unknown[]) => unknown, this, args));
      },
    });
  }

  /** Node asks for a Worker's number while it clears up after it; where it calls the program in between, `leaving` is undefined. */
  private whileLeaving<R>(leaving: Worker | undefined, body: () => R): R {
    const before = this.leaving;
    this.leaving = leaving;
    try {
      return body();
    } finally {
      this.leaving = before;
    }
  }

  private construct(target: typeof Worker, args: unknown[], newTarget: NewableFunction): object {
    const [file, options = {}] = args as [string | URL, WorkerOptions | undefined];
    const { self } = this;
    const { arena, recorder, share, critical } = self;
    const usable = typeof options === "object" && options !== null && (typeof file === "string" || file instanceof URL);
    if (!usable) return Reflect.construct(target, args, newTarget) as object;
    self.perturbation?.at(Place.Spawn);
    const threadId = Atomics.add(arena.words, Header.Workers, 1) + 1;
    const { task, name } = this.newTask(nameOf(file, options));
    // More threads than the trace can tell apart: this one runs without being seen.
    if (task < 0) return Reflect.construct(target, args, newTarget) as object;
    const spawnedAt = recorder.now();
    const { port1, port2 } = new MessageChannel();
    critical.enter();
    arena.setName(task, name);
    arena.words[taskBlock(task) + TaskWord.Pid] = process.pid;
    critical.leave();
    const { workerData, transferList = [] } = options;
    const evaluated = options.eval === true && typeof file === "string" ? this.modules.evaluated(file) : undefined;
    const data: PlainThreadData = {
      role: "plain",
      share,
      port: port2,
      task,
      name,
      spawnedAt,
      threadId,
      workerData,
      buffers: self.buffers.collect([workerData, ...this.environment.values()]),
      ports: portsOf(transferList),
      execArgv: options.execArgv ?? process.execArgv,
      evaluated,
      ownStdout: options.stdout === true,
      ownStderr: options.stderr === true,
    };
    const { site } = recorder;
    const seq = arena.nextSeq();
    let worker: Worker;
    try {
      // Ours first: an argument of the program's may end the list of options.
      const own = { ...options, workerData: data, transferList: [...transferList, port2], execArgv: ["--require", this.script, ...data.execArgv] };
      this.making = threadId;
      worker = Reflect.construct(target, [evaluated?.code ?? file, own], newTarget) as Worker;
    } catch (error) {
      port1.close();
      // Of what Node refuses at once there never is a thread.
      if (!(error instanceof DOMException)) Atomics.compareExchange(arena.words, Header.Workers, threadId, threadId - 1);
      recorder.sync(Kind.Yield, 0, seq);
      endTask(arena, task, TaskState.Killed, -1, 0);
      throw error;
    } finally {
      this.making = undefined;
    }
    recorder.meta({ type: "task", id: task, name, kind: "thread", pid: process.pid, parent: self.task, space: share.space });
    recorder.site = site;
    recorder.sync(Kind.Spawn, task, seq);
    recorder.flush();
    self.host.post({ type: "adopt", task, port: port1 }, [port1]);
    this.messages.watch(hidden(worker, "kPublicPort"), `to ${name}`);
    this.running.add(worker);
    this.site = site;
    this.started.set(worker, { task, threadId, ownOutput: data.ownStdout || data.ownStderr, error: undefined, failed: false, killed: false, awaited: true, joined: false });
    return worker;
  }

  private newTask(base: string): NewThreadResult {
    const { arena, critical, task: parent } = this.self;
    if (!arena.countsOutside) {
      critical.enter();
      const task = arena.newTask(parent, 0);
      const name = task < 0 ? base : arena.uniqueName(base, parent + 1);
      critical.leave();
      if (task >= 0 || !arena.countsOutside) return { task, name };
    }
    const body: NewThreadBody = { name: base };
    const result = this.self.ask(RequestCode.NewThread, body).body as NewThreadResult;
    if (result.task >= 0) arena.adoptTask(result.task, parent);
    return result;
  }

  private heard(worker: Worker, [event, argument]: unknown[]): void {
    const started = this.started.get(worker);
    if (!started) return;
    if (event === "error") {
      started.failed = true;
      started.error = argument;
      // Nobody listening, the error is thrown: the program is told in any case. One that could not tell its end comes to it later.
      if (this.self.arena.taskState(started.task) !== TaskState.Running) this.join(started);
    } else if (event === "exit") {
      this.running.delete(worker);
      this.ended(started, argument as number);
      if (started.failed || seesExit(worker, started)) this.join(started);
      else if (started.awaited) this.unseen.add(started);
    }
  }

  /** The program asks for the number of a thread that is none any more: so it knows of its end. */
  private sawNoThread(worker: Worker): void {
    const started = this.started.get(worker);
    // Until "exit" is emitted it is Node itself that asks; and whoever terminates what happens to have ended has seen nothing.
    if (started && !this.running.has(worker) && !this.terminates) this.join(started);
  }

  /** Whether the exit of one is on its way, which may take a second on a busy machine. */
  get ending(): boolean {
    const { arena } = this.self;
    return [...this.running].some((worker) => {
      const started = this.started.get(worker);
      return started !== undefined && (started.killed || arena.taskState(started.task) !== TaskState.Running);
    });
  }

  /** That the loop is empty means that each of those has ended for which it waits. */
  private emptyLoop(): void {
    for (const started of this.unseen) this.join(started);
    this.unseen.clear();
  }

  private terminating(worker: Worker): void {
    const started = this.started.get(worker);
    const { arena, recorder } = this.self;
    if (!started) return;
    if (arena.taskState(started.task) === TaskState.Running) {
      started.killed = true;
      recorder.sync(Kind.Kill, started.task, arena.nextSeq());
    }
    // One that has told its end may still be writing its last words.
    doomWithChildren(arena, started.task);
  }

  private ended({ task, error, failed, killed }: Started, exitCode: number): void {
    const { arena, recorder } = this.self;
    if (arena.taskState(task) !== TaskState.Running) return;
    // It could not tell its end itself, and may have been inside an operation (out of memory).
    releasePipeOf(arena.words, Header.PipeGuard, task + 1);
    this.self.order.release(task);
    const writer = new TraceWriter(task);
    const failure = failed ? describeFailure(error, "exception") : undefined;
    if (failure) writer.meta({ type: "task-failure", id: task, ...failure });
    const state = failure ? TaskState.Crashed : TaskState.Killed;
    const seq = endTask(arena, task, state, exitCode, 0);
    writer.sync(Kind.TaskEnd, 0, task, recorder.now(), seq, failure ? EndReason.Crashed : EndReason.Killed, killed ? -1 : exitCode);
    recorder.flush();
    this.self.write(writer.take());
    const note: Note = { type: "ended", task, state, seq };
    this.self.request(RequestCode.Note, note, new Uint8Array(0));
  }

  /** What the worker has done is before what this thread does from now on. */
  private join(started: Started): void {
    if (started.joined) return;
    started.joined = true;
    const { task } = started;
    const { arena, recorder } = this.self;
    recorder.site = 0;
    recorder.sync(Kind.Join, task, arena.nextSeq(), arena.words[taskBlock(task) + TaskWord.EndSeq]! >>> 0);
  }
}

/**
 * Whether the program is told of a Worker's end that is about to be emitted. One that it is not told of orders nothing: that the
 * worker happened to end before something is luck. `terminate()` listens, too.
 */
function seesExit(worker: Worker, { ownOutput }: Started): boolean {
  return worker.listenerCount("exit") > 0 || (ownOutput && [worker.stdout, worker.stderr].some((stream) => stream.listenerCount("end") > 0));
}

/** A Worker's end is the end of those that it has made. */
function doomWithChildren(arena: Arena, task: number): void {
  const { words } = arena;
  doom(words, task);
  for (let child = task + 1; child < MAX_TASKS; child++) {
    if (words[taskBlock(child) + TaskWord.Parent] === task + 1 && arena.taskState(child) !== TaskState.None) doomWithChildren(arena, child);
  }
}

function nameOf(file: string | URL, { name, eval: evaluates }: WorkerOptions): string {
  if (typeof name === "string" && name !== "") return name;
  if (evaluates === true) return "worker";
  try {
    const path = file instanceof URL || file.startsWith("file:") ? fileURLToPath(file) : file;
    return basename(path);
  } catch {
    return "worker"; // a data: URL
  }
}

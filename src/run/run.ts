import { readFileSync } from "node:fs";
import { CompileError, type CompiledSnippet } from "../instrument/types";
import { compileSnippet, plainSnippet } from "../instrument";
import { TaskState } from "../sync";
import { EndReason, Kind, TraceWriter, type Diagnostic, type RunOutcome } from "../trace";
import { ReplyCode, RequestCode, replyFrame, type ChildFacts, type CompileBody, type Failure, type Frame, type IdleBody, type InitBody, type Note } from "../wire";
import { Broker } from "./broker";
import { watchMemory } from "./memory-watch";
import { PlainModules } from "./plain-modules";
import { ErrorOutput } from "./quoted-lines";
import { RunFolder } from "./run-folder";
import { PlainProcesses } from "./plain-processes";
import { QuietQuestion, type Silence } from "./quiet-question";
import { TaskProcess, taskScript, type ProcessEnd, type ProcessLine, type TaskProcessListener } from "./task-process";
import type { RunHandle, RunListener, RunOptions, RunResult } from "./types";
import { runWords, type RunWords } from "./words";

const decoder = new TextDecoder();

/** What a process needs besides the heap of its program, so that a full heap is told as such before the run's limit is reached. */
const BESIDES_HEAP_MB = 64;
const SMALLEST_HEAP_MB = 32;

export const DEFAULTS = { copies: 2, timeLimit: 60_000, memoryLimit: 1024, taskLimit: 64 } as const;

/** Numbers of what a process's death ended, where the process itself counted and has taken its counter along. */
const AFTER_ALL = 2 ** 40;

/** For a process to find the thread that has used up the run's memory. */
const FIND_MEMORY_MS = 1000;

/** A process of the run and the tasks in it that have not ended. */
export interface Member {
  readonly process: ProcessLine;
  readonly rootTask: number;
  readonly live: Set<number>;
  /** The task that takes the process down, and why, where that is known. */
  aborting: { readonly task: number; readonly failure: Failure } | undefined;
  /** It is what used up the run's memory. */
  outOfMemory: boolean;
}

/** A new process is there: what to tell it. */
export type InitOf = Pick<InitBody, "task" | "kind" | "name" | "parent" | "space" | "copyOf" | "key" | "spawnedAt" | "imageBytes" | "hasCall">;

/** One run from its first process to its last. */
export class Run implements RunHandle {
  readonly ended: Promise<RunResult>;
  private readonly start = process.hrtime.bigint();
  private readonly began = Date.now();
  private readonly words: RunWords;
  private readonly members = new Set<Member>();
  private readonly memoryLimit: number;
  private readonly cleanUps: (() => void)[] = [];
  private compiled: CompiledSnippet | undefined;
  private broker: Broker | undefined;
  private folder: RunFolder | undefined;
  /** A plain Node program: compiles what it loads. */
  private plain: PlainModules | undefined;
  /** The processes that it starts. */
  private processes: PlainProcesses | undefined;
  /** What processes that have ended left behind may still be in use by others. */
  private readonly left: ProcessLine[] = [];
  private forced: { outcome: RunOutcome; reason: string | undefined } | undefined;
  private mainEnd: ProcessEnd | undefined;
  private mainState: number | undefined;
  /** What main said it would end with. */
  private mainExitCode: number | undefined;
  private resolve!: (result: RunResult) => void;
  private over = false;
  private readonly silence = new QuietQuestion<Member>();
  private lost = 0;
  private copies = 1;
  private diagnostics: readonly Diagnostic[] = [];

  constructor(
    private readonly options: RunOptions,
    private readonly listener: RunListener,
  ) {
    this.words = runWords(options.locale);
    this.memoryLimit = options.memoryLimit ?? DEFAULTS.memoryLimit;
    this.ended = new Promise((resolve) => (this.resolve = resolve));
    // The first process starts while the compiler works.
    const first = this.open(0);
    setImmediate(() => {
      try {
        this.begin(first);
      } catch (error) {
        this.stop("crashed", this.words.broken((error as Error).stack ?? String(error)));
      }
    });
  }

  // ---- beginning

  private begin(first: Member): void {
    if (this.forced) return;
    const compiled = this.compile();
    if (!compiled) return;
    this.compiled = compiled;
    this.writeHeader(compiled);
    const threads = this.options.mode === "threads";
    this.copies = compiled.spawns || !compiled.usesApi ? 1 : Math.max(1, this.options.copies ?? DEFAULTS.copies);
    if (!compiled.usesApi) {
      this.plain = new PlainModules(compiled.files[0]!, (chunk) => this.trace(chunk));
      this.processes = new PlainProcesses(this, this.words);
    }
    if (compiled.usesApi && (!threads || compiled.mixed)) {
      this.folder = new RunFolder();
      this.broker = new Broker(this, this.taskLimit, threads, this.folder);
    }
    const name = this.copies > 1 ? "copy 0" : "main";
    const init = this.broker ? this.broker.adoptMain(first, name) : { ...localMain, name };
    this.initialise(first, init, new Uint8Array(0));
    if (!threads) for (let copy = 1; copy < this.copies; copy++) this.broker?.spawnCopy(copy);
    this.limit();
  }

  private compile(): CompiledSnippet | undefined {
    const { file, text = this.readSnippet(), locale } = this.options;
    if (text === undefined) return undefined;
    try {
      const compiled = compileSnippet({ file, text, ...(locale === undefined ? {} : { locale }) });
      return compiled.usesApi ? compiled : plainSnippet(file, text);
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      // In a program without the API, what becomes of an import is Node's to say, when it comes to it.
      const plain = !error.diagnostics.some(({ file: at, code }) => at === file && code === "syntax") && !/["']concurrency-playground["']/.test(text);
      if (plain) return plainSnippet(file, text);
      this.notCompiled(error.diagnostics);
      return undefined;
    }
  }

  private get heapLimit(): number {
    return Math.max(SMALLEST_HEAP_MB, this.memoryLimit - BESIDES_HEAP_MB);
  }

  private get taskLimit(): number {
    return this.options.taskLimit ?? DEFAULTS.taskLimit;
  }

  private readSnippet(): string | undefined {
    try {
      return readFileSync(this.options.file, "utf8");
    } catch (error) {
      const message = this.words.noSnippet((error as NodeJS.ErrnoException).code ?? String(error));
      this.notCompiled([{ file: this.options.file, line: 1, column: 1, code: "unreadable", message, severity: "error" }]);
      return undefined;
    }
  }

  private notCompiled(diagnostics: readonly Diagnostic[]): void {
    this.diagnostics = diagnostics;
    this.stop("not-compiled", diagnostics[0]?.message);
  }

  private writeHeader(compiled: CompiledSnippet): void {
    this.diagnostics = compiled.diagnostics;
    const writer = new TraceWriter();
    writer.meta({
      type: "header",
      version: 1,
      mode: this.options.mode,
      file: this.options.file,
      files: compiled.files,
      sites: compiled.sites,
      began: this.began,
      controlled: false,
      warnings: compiled.diagnostics.filter(({ severity }) => severity === "warning"),
    });
    this.listener.onTrace(writer.take());
  }

  /** Tells a new process what to run. */
  initialise(member: Member, init: InitOf, bytes: Uint8Array, child: ChildFacts | null = null): void {
    const { options, compiled } = this;
    if (!compiled) throw new Error("a process before the snippet");
    const body: InitBody = {
      ...init,
      transport: this.broker ? "broker" : "local",
      mode: options.mode,
      plain: !compiled.usesApi,
      threads: options.mode === "threads" || compiled.mixed || !compiled.usesApi,
      copies: options.mode === "threads" ? this.copies : 1,
      entries: compiled.entries,
      file: options.file,
      args: options.args ?? [],
      runStart: String(this.start),
      taskLimit: this.taskLimit,
      memoryLimit: this.heapLimit,
      perturb: options.perturb ?? null,
      locale: options.locale ?? "en",
      segment: this.folder?.segment ?? null,
      child,
    };
    member.process.send(replyFrame(init.task, ReplyCode.Init, body, bytes));
  }

  private limit(): void {
    const milliseconds = this.options.timeLimit ?? DEFAULTS.timeLimit;
    const timer = setTimeout(() => this.stop("timed-out", this.words.timeLimit(milliseconds / 1000)), milliseconds);
    const stopWatching = watchMemory(
      () => [...this.members].map(({ process }) => process.pid),
      this.memoryLimit,
      (pid) => this.memoryExceeded([...this.members].find(({ process }) => process.pid === pid)),
    );
    this.cleanUps.push(() => clearTimeout(timer), stopWatching);
  }

  // ---- processes

  /** A new process of the run, without anything to do yet. */
  open(rootTask: number): Member {
    return this.join(rootTask, (listener) => new TaskProcess(this.heapLimit, rootTask === 0 && this.options.inheritInput === true, listener));
  }

  /** A process of the run; `reach` finds a way to it. */
  join(rootTask: number, reach: (listener: TaskProcessListener) => ProcessLine): Member {
    const errors = new ErrorOutput(() => this.plain?.compiled ?? [], taskScript());
    const process = reach({
      onChunk: (_task, chunk) => this.trace(chunk),
      onFrame: (frame) => this.onFrame(member, frame),
      onRaw: (stream, text) => this.onRaw(member, stream, stream === "stderr" ? errors.push(text) : text),
      onBroken: (error) => this.stop("crashed", this.words.broken(error.message)),
      onEnd: (end) => {
        this.onRaw(member, "stderr", errors.end());
        this.onProcessEnd(member, end);
      },
    });
    const member: Member = { process, rootTask, live: new Set([rootTask]), aborting: undefined, outOfMemory: false };
    this.members.add(member);
    return member;
  }

  /** Its processes have been ended. */
  get stopped(): boolean {
    return this.forced !== undefined;
  }

  now(): number {
    return Number(process.hrtime.bigint() - this.start);
  }

  trace(chunk: Uint8Array): void {
    if (!this.over && chunk.length > 0) this.listener.onTrace(chunk);
  }

  private onFrame(member: Member, frame: Frame): void {
    if (frame.code === RequestCode.Note) this.onNote(member, frame.body as Note);
    else if (frame.code === RequestCode.Compile) this.compileModule(member, frame);
    else if (this.broker) this.broker.handle(member, frame);
    else this.processes?.handle(member, frame);
  }

  private compileModule(member: Member, { task, body, bytes }: Frame): void {
    const result = this.plain?.compile(body as CompileBody, decoder.decode(bytes));
    if (result) member.process.send(replyFrame(task, ReplyCode.Result, result));
  }

  askQuiet(told: (silence: Silence) => void): void {
    const { broker } = this;
    if (broker) told({ awake: (task) => broker.awake(task), running: false });
    else this.silence.ask(this.members, told);
  }

  askIdle(tasks: readonly number[]): void {
    if (!this.plain) return;
    for (const member of this.members) {
      const own: IdleBody = { tasks: tasks.filter((task) => member.live.has(task)) };
      if (own.tasks.length > 0) member.process.send(replyFrame(member.rootTask, ReplyCode.AskIdle, own));
    }
  }

  private onNote(member: Member, note: Note): void {
    switch (note.type) {
      case "began":
        member.live.add(note.task);
        this.processes?.began(note.task);
        return;
      case "ended":
        member.live.delete(note.task);
        this.processes?.ended(note.task, note.seq);
        if (note.task === 0) [this.mainState, this.mainExitCode] = [note.state, note.exitCode];
        return;
      case "lost":
        member.live.delete(note.task);
        this.tellEnd(note.task, note.failure, note.exitCode);
        return;
      case "out-of-memory":
        member.outOfMemory = true;
        member.aborting = { task: note.task, failure: note.failure ?? this.memoryFailure };
        this.outOfMemory();
        return;
      case "aborting":
        member.aborting = note;
        return;
      case "quiet":
        this.silence.answer(member, note);
        return;
      case "outside":
      case "child":
        this.processes?.note(member, note);
        return;
    }
  }

  /** Where it has threads, its host knows better than we which of them it was; but it may be too late for that. */
  private memoryExceeded(member: Member | undefined): void {
    const end = (): void => {
      if (member) member.outOfMemory = true;
      this.outOfMemory();
    };
    if (!member || member.live.size < 2) {
      end();
      return;
    }
    const timer = setTimeout(end, FIND_MEMORY_MS);
    this.cleanUps.push(() => clearTimeout(timer));
    member.process.send(replyFrame(member.rootTask, ReplyCode.FindMemory, {}));
  }

  private outOfMemory(): void {
    this.stop("out-of-memory", this.words.memoryLimit(this.memoryLimit));
  }

  private onRaw(member: Member, stream: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    // What V8 writes when the heap is full is told as such.
    if (stream === "stderr" && /<--- Last few GCs --->|JavaScript heap out of memory|----- Native stack trace -----/.test(text)) return;
    const writer = new TraceWriter(member.rootTask);
    writer.blob(stream === "stdout" ? Kind.Stdout : Kind.Stderr, 0, this.now(), 0, text);
    this.trace(writer.take());
  }

  private onProcessEnd(member: Member, end: ProcessEnd): void {
    this.members.delete(member);
    this.silence.gone(member);
    if (member.rootTask === 0) this.mainEnd = end;
    if (!this.forced) {
      if (end.error) this.stop("crashed", this.words.notStarted(end.error.message));
      else if (end.exitCode !== 1 && end.lastWords.includes("heap out of memory")) {
        member.outOfMemory = true;
        this.outOfMemory();
      }
    }
    if (this.processes) this.left.push(member.process);
    else member.process.release();
    // What was not to be run has no tasks.
    if (!this.compiled) {
      if (this.members.size === 0) this.finish();
      return;
    }
    const { task: culprit, failure } = member.aborting ?? { task: member.rootTask, failure: this.failureOf(end, member.outOfMemory) };
    for (const task of member.live) {
      const crashed = task === culprit && !(this.broker ?? this.processes)?.wasKilled(task) && (!this.forced || member.outOfMemory);
      // Of programs that are not the student's, an exit code is no crash.
      if (end.exitCode !== null && this.processes?.unheard(task)) this.tellEnd(task, null, end.exitCode, undefined, true);
      else if (crashed) this.tellEnd(task, failure, end.exitCode ?? -1, end.signal ?? undefined);
      else this.tellEnd(task, null, -1);
    }
    this.broker?.processEnded(member);
    this.processes?.processEnded(member);
    if (this.members.size === 0) this.finish();
  }

  private get memoryFailure(): Failure {
    return { error: this.words.memoryLimit(this.memoryLimit), cause: "out-of-memory" };
  }

  private failureOf(end: ProcessEnd, outOfMemory: boolean): Failure {
    if (outOfMemory) return this.memoryFailure;
    if (end.signal !== null) return { error: this.words.signal(end.signal), signal: end.signal, cause: "signal" };
    return { error: this.words.exit(end.exitCode ?? -1), exitCode: end.exitCode ?? -1, cause: "exit" };
  }

  /** The end of a task that could not tell it itself; without a failure it was killed, or `finished` without telling. */
  private tellEnd(task: number, failure: Failure | null, exitCode: number, signal?: string, finished = false): void {
    const writer = new TraceWriter(task);
    if (failure) writer.meta({ type: "task-failure", id: task, ...failure });
    const state = failure ? TaskState.Crashed : finished ? TaskState.Finished : TaskState.Killed;
    if (task === 0) this.mainState = state;
    const seq = this.broker
      ? this.broker.endLost(task, state, exitCode, { message: failure?.error ?? this.words.diedWithProcess, ...(exitCode >= 0 ? { exitCode } : {}), ...(signal === undefined ? {} : { signal }) })
      : (this.processes?.endLost(task) ?? AFTER_ALL + this.lost++);
    for (const lock of this.broker?.heldAtDeath(task) ?? []) writer.meta({ type: "task-held", id: task, ...lock });
    if (seq !== 0) writer.sync(Kind.TaskEnd, 0, task, this.now(), seq, failure ? EndReason.Crashed : finished ? EndReason.Finished : EndReason.Killed, exitCode);
    this.trace(writer.take());
  }

  // ---- the end

  stop(outcome: RunOutcome = "killed", reason?: string): void {
    if (this.over || this.forced) return;
    this.forced = { outcome, reason: reason ?? (outcome === "deadlocked" ? this.words.deadlocked : this.words.stopped) };
    for (const { process } of this.members) process.kill();
    if (this.members.size === 0) setImmediate(() => this.finish());
  }

  private finish(): void {
    if (this.over) return;
    for (const cleanUp of this.cleanUps) cleanUp();
    for (const process of this.left) process.release();
    this.broker?.close();
    this.processes?.close();
    this.folder?.remove();
    const { mainEnd, forced } = this;
    const exitCode = forced ? null : (mainEnd?.exitCode ?? null);
    const outcome: RunOutcome = forced?.outcome ?? (this.mainState === TaskState.Finished && exitCode === (this.mainExitCode ?? 0) ? "completed" : "crashed");
    const reason = forced?.reason ?? (outcome === "crashed" ? this.crashReason(mainEnd) : undefined);
    const time = this.now();
    if (outcome !== "not-compiled") {
      const writer = new TraceWriter();
      writer.meta({ type: "end", outcome, exitCode, time, ...(reason === undefined ? {} : { reason }) });
      this.trace(writer.take());
    }
    this.over = true;
    const result: RunResult = { outcome, exitCode, duration: time / 1e6, diagnostics: this.diagnostics, ...(reason === undefined ? {} : { reason }) };
    this.listener.onEnd(result);
    this.resolve(result);
  }

  private crashReason(end: ProcessEnd | undefined): string | undefined {
    if (!end) return undefined;
    return end.signal === null ? this.words.exit(end.exitCode ?? -1) : this.words.signal(end.signal);
  }
}

const localMain = { task: 0, kind: "thread", parent: null, space: 0, copyOf: null, key: "main", spawnedAt: 0, imageBytes: 0, hasCall: false } as const;

import { join } from "node:path";
import type { RunMode, TaskFailureMeta, TaskKind } from "../trace";

/** Codes of frames from a task to its supervisor. */
export enum RequestCode {
  /** Told without a reply: a Note. */
  Note = 1,
  /** SyncBody; bytes: the message of a Send. SyncResult. */
  Sync = 2,
  /** CreateBody. CreateResult. */
  Create = 3,
  /** SpawnBody; bytes: image of the space, then the call. SpawnResult. */
  Spawn = 4,
  /** KillBody. KillResult. */
  Kill = 5,
  /** { task }. TaskInfo. */
  TaskInfo = 6,
  /** RenameBody. */
  Rename = 7,
  /** EndBody; bytes: result or failure. SeqResult. */
  End = 8,
  /** SeqResult: the next number in the order of all events. */
  Seq = 9,
  /** { task }. The bytes of its result or failure. */
  ResultOf = 10,
  /** StreamBody; bytes. { ok }. */
  StreamPut = 11,
  /** StreamBody. The bytes. */
  StreamTake = 12,
  /** { stream }. StreamPlace. */
  StreamPlace = 14,
  /** CompileBody; bytes: the text. CompileResult. */
  Compile = 13,
  /** AtomicBody; bytes: the operands, an element each. AtomicResult; bytes: the element before and after. */
  Atomic = 15,
  /** ChildBody: a plain program starts a process. ChildResult. */
  Child = 16,
  /** ChildEndBody: the process has ended. SeqResult, when all that it had to tell has arrived. */
  ChildEnd = 17,
  /** SocketsResult. */
  Sockets = 19,
  /** NewThreadBody: a plain program of several processes starts a thread. NewThreadResult. */
  NewThread = 18,
}

/** Codes of frames from the supervisor to a process. */
export enum ReplyCode {
  /** First of all: what to run. */
  Init = 1,
  Result = 2,
  /** The wait that a Sync began is over: its result. */
  Woken = 3,
  /** { task }: this thread is to be ended. */
  KillThread = 4,
  /** The run's memory is used up, by this process most of all: which thread was it? The note `out-of-memory` tells. */
  FindMemory = 5,
  /** IdleBody: which of these threads of a plain program have nothing to do any more but wait for others? Those record it as a wait. */
  AskIdle = 6,
  /** QuietBody: nothing has been heard for long. The note `quiet` answers. */
  AskQuiet = 7,
}

export type Note =
  | { readonly type: "began"; readonly task: number }
  /** `exitCode`: what its thread or process ends with, where it tells its end itself. */
  | { readonly type: "ended"; readonly task: number; readonly state: number; readonly seq: number; readonly exitCode?: number }
  /** The process gives no numbers any more, but asks for them: the last that it gave, and the names of its tasks so far. */
  | { readonly type: "outside"; readonly seq: number; readonly names: readonly string[] }
  /** A process that a plain program has started. `leads`: it is the first of a process group. */
  | { readonly type: "child"; readonly task: number; readonly pid: number; readonly leads: boolean }
  /** A thread has gone without telling its end (broker only); `failure` null: it was killed. */
  | { readonly type: "lost"; readonly task: number; readonly exitCode: number; readonly failure: Failure | null }
  /** The thread has used up its memory, and with it the run's; `failure` null: it has the most where the run's limit is reached. */
  | { readonly type: "out-of-memory"; readonly task: number; readonly failure: Failure | null }
  /** Answers AskQuiet. `awake`: the tasks that wait for nobody. `running`: another thread of the process has something to do. */
  | { readonly type: "quiet"; readonly question: number; readonly awake: readonly number[]; readonly running: boolean }
  /** The task is about to take its process down (process.abort). */
  | { readonly type: "aborting"; readonly task: number; readonly failure: Failure };

/** The compiler's output as a process needs it: dependencies first, the entry's own module last. */
export interface EntryCode {
  readonly name: string;
  readonly modules: readonly ModuleCode[];
}

export interface ModuleCode {
  readonly id: string;
  readonly path: string;
  readonly code: string;
  readonly async: boolean;
  /** Evaluated when require() or import() first asks for it. */
  readonly lazy: boolean;
  readonly imports: Readonly<Record<string, string>>;
  readonly map: string;
}

/** How the tasks of a process reach those of others. Local: there are no others. */
export type Transport = "local" | "broker";

/** What a process must know to begin. Bytes of the frame: image of the parent's space, then the arguments. */
export interface InitBody {
  readonly transport: Transport;
  readonly mode: RunMode;
  readonly task: number;
  readonly kind: TaskKind;
  readonly name: string;
  readonly parent: number | null;
  readonly space: number;
  /** The space of the parent at spawn, copied. */
  readonly copyOf: number | null;
  /** Key of the entry to run. */
  readonly key: string;
  /** A program without the API: the file itself is run, as Node runs it. */
  readonly plain: boolean;
  /** Whether processes of the run may have threads. */
  readonly threads: boolean;
  /** Tasks 1 … copies − 1 run the same as threads of this process. */
  readonly copies: number;
  readonly entries: Readonly<Record<string, EntryCode>>;
  readonly file: string;
  readonly args: readonly string[];
  /** process.hrtime of the run's beginning, in decimal. */
  readonly runStart: string;
  /** When the spawn began, nanoseconds since the run's beginning. */
  readonly spawnedAt: number;
  readonly taskLimit: number;
  /** Megabytes. */
  readonly memoryLimit: number;
  readonly perturb: number | null;
  readonly locale: string;
  /** Path of the run-wide segment; null: it is in this process. */
  readonly segment: string | null;
  readonly imageBytes: number;
  /** Whether the task has arguments (in the bytes behind the image). */
  readonly hasCall: boolean;
  /** A process that a plain program has started. */
  readonly child: ChildFacts | null;
}

export type StreamName = "stdout" | "stderr";

/** What a process that a plain program has started must know beyond what every process does. */
export interface ChildFacts {
  /** Where in the run's output its own goes; null: to whoever started it. */
  readonly stdout: StreamName | null;
  readonly stderr: StreamName | null;
  /** Objects that carry its messages: to it, and from it. Null: it has no IPC channel. */
  readonly channels: readonly [number, number] | null;
}

/** A plain program is about to start a process. */
export interface ChildBody {
  readonly name: string;
  /** It is a program for this Node, and can be recorded. */
  readonly recorded: boolean;
  readonly facts: ChildFacts;
  readonly spawnedAt: number;
}

export interface ChildResult {
  /** -1: the run can't tell any more tasks apart. */
  readonly task: number;
  readonly name: string;
  readonly space: number;
  /** Pipes to the supervisor; null: it is not recorded. */
  readonly pipes: ChildPipes | null;
  /** Pipes for what it writes where the one who started it writes. */
  readonly stdout: string | null;
  readonly stderr: string | null;
}

/** Paths, put into the environment of the process under CHILD_PIPES. */
export interface ChildPipes {
  readonly trace: string;
  readonly replies: string;
}

/** What stands there, as JSON. */
export interface ChildEnvironment extends ChildPipes {
  /** NODE_OPTIONS of the program. */
  readonly options: string | null;
}

export const CHILD_PIPES = "CONCURRENCY_PLAYGROUND_PIPES";

export interface ChildEndBody {
  readonly task: number;
  /** 0: not known. */
  readonly pid: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** It was not even started. */
  readonly failed: boolean;
  readonly killed: boolean;
}

export interface NewThreadBody {
  readonly name: string;
}

/** `task` is -1 if the run can't tell more apart. */
export interface NewThreadResult {
  readonly task: number;
  readonly name: string;
}

/** An operation on a synchronization object (sync/ops.ts); */
export interface SyncBody {
  readonly op: number;
  readonly object: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly mayWait: boolean;
  /** Milliseconds; -1: for ever. */
  readonly timeout: number;
}

export interface SyncResult {
  readonly status: number;
  readonly value: number;
  readonly extra: number;
  readonly seq: number;
  readonly firstSeq: number;
}

export type AtomicName = "load" | "store" | "add" | "sub" | "and" | "or" | "xor" | "exchange" | "compareExchange" | "wait" | "notify";

/** Atomics.* on an element of a typed array in the segment's file. */
export interface AtomicBody {
  readonly name: AtomicName;
  /** Constructor of the array: "Int32Array". */
  readonly type: string;
  /** Of the element, in the file. */
  readonly offset: number;
  /** Of a wait: milliseconds; of a notify: how many to wake. -1: without end, all. */
  readonly limit: number;
}

export interface AtomicResult {
  readonly seq: number;
  readonly woken: number;
  /** Of a wait: it goes on. An AtomicWoken follows. */
  readonly waiting: boolean;
}

/** The end of a wait. */
export interface AtomicWoken {
  readonly seq: number;
  readonly notified: boolean;
}

/** Where the bytes of a stream go: an operating-system pipe, or (null) elsewhere: a socket, or along with the requests. */
export interface StreamPlace {
  readonly path: string | null;
  /** Of a connection: its two tasks. */
  readonly ends: { readonly acceptor: number; readonly connector: number } | null;
}

/** Where tasks listen (`listenerPath`); null: this system has no local sockets that can be had there. */
export interface SocketsResult {
  readonly folder: string | null;
}

/** The local socket by which others reach a task. */
export function listenerPath(folder: string, task: number): string {
  return join(folder, `socket-${task}`);
}

export interface StreamBody {
  readonly stream: number;
  readonly offset: number;
  readonly count: number;
  readonly until: number | null;
}

export interface SeqResult {
  readonly seq: number;
}

export interface EndBody {
  readonly state: number;
  readonly exitCode: number;
}

export interface TaskBody {
  readonly task: number;
}

export interface QuietBody {
  readonly question: number;
}

export interface IdleBody {
  readonly tasks: readonly number[];
}

export interface RenameBody {
  readonly task: number;
  readonly name: string;
}

export interface KillResult {
  readonly killed: boolean;
  readonly seq: number;
}

export interface CreateResult {
  readonly id: number;
  readonly made: boolean;
  /** Number of the creation in the order of all events; 0 if it was not made now. */
  readonly seq: number;
}

export interface CreateBody {
  readonly identity: string | null;
  readonly code: number;
  readonly initial: number;
}

export interface SpawnBody {
  /** Of a task that a module-level declaration names: it may be there already. */
  readonly identity: string | null;
  readonly key: string;
  readonly name: string;
  readonly kind: TaskKind;
  readonly space: number;
  readonly spawnedAt: number;
  readonly imageBytes: number;
}

/** `id` is -1 if the run may have no more tasks. */
export interface SpawnResult {
  readonly id: number;
  readonly made: boolean;
  readonly pid: number;
  readonly name: string;
  readonly seq: number;
}

export interface TaskInfo {
  readonly name: string;
  readonly kind: TaskKind;
  readonly pid: number;
  readonly state: number;
  readonly exitCode: number;
}

/** Why a task did not finish, as join() tells it. */
export interface FailureBody {
  readonly message: string;
  readonly exitCode?: number;
  readonly signal?: string;
}

export type Failure = Omit<TaskFailureMeta, "type" | "id">;

/** A module that a plain program loads while it runs. */
export interface CompileBody {
  readonly path: string;
  readonly format: "script" | "module";
}

/** `code` null: it is left as it is (it can't be compiled, and Node says so better). */
export interface CompileResult {
  readonly code: string | null;
  readonly map: string;
  readonly async: boolean;
  /** Written as a module of ECMAScript (import, export, import.meta, top-level await). */
  readonly esm: boolean;
}

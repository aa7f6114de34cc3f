import type { ChildProcess } from "node:child_process";
import { Kind } from "../../trace";
import { RequestCode, type ChildBody, type ChildEndBody, type ChildResult, type Note, type SeqResult } from "../../wire";
import { createObject, ObjectCode } from "../../sync";
import { Place } from "../perturbation";
import { isThisNode, nameOfProgram, recordingEnvironment, type ChildProgram } from "./child-programs";
import { OwnPipes, inherited } from "./child-streams";
import { IpcSide } from "./ipc";
import { replaceIn } from "./patch";
import type { PlainTask } from "./types";

const nothing = new Uint8Array(0);
/** Signals that do not end a process. */
const HARMLESS: ReadonlySet<unknown> = new Set([0, "SIGCHLD", "SIGCONT", "SIGWINCH", "SIGURG", "SIGSTOP", "SIGTSTP", "SIGUSR1"]);

/** What child_process hands to ChildProcess.prototype.spawn. */
interface SpawnOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly envPairs: readonly string[];
  readonly stdio?: unknown;
  readonly detached?: boolean;
  readonly uid?: number;
  readonly gid?: number;
}

interface Started {
  readonly task: number;
  readonly ipc: IpcSide | undefined;
  killed: boolean;
}

interface Prepared {
  readonly result: ChildResult;
  readonly pipes: OwnPipes;
  readonly env: Record<string, string>;
  readonly channels: readonly [number, number] | null;
  /** Of the Spawn. */
  readonly seq: number;
  readonly site: number;
}

/**
 * Makes each process that a plain program starts a task of the run. It stays the child of this process, with the streams, the IPC
 * channel, the signals and the exit code that it has in Node; if it is a program for this Node, it finds its way to the supervisor by itself.
 */
export class Children {
  /** Loaded only where a program may start processes: it would cost every task of a snippet its share. */
  private readonly childProcess = process.getBuiltinModule("node:child_process");
  private readonly started = new WeakMap<ChildProcess, Started>();

  constructor(
    private readonly self: PlainTask,
    private readonly script: string,
  ) {}

  install(): void {
    const { childProcess } = this;
    const prototype = childProcess.ChildProcess.prototype as unknown as Record<"spawn" | "kill" | "emit", (...args: unknown[]) => unknown>;
    const { spawn, kill, emit } = prototype;
    const spawning = (child: ChildProcess, args: unknown[]): unknown => this.spawn(child, spawn, args);
    const killing = (child: ChildProcess, args: unknown[]): unknown => this.kill(child, kill, args);
    const heard = (child: ChildProcess, args: unknown[]): void => this.heard(child, args);
    replaceIn(prototype, "spawn", {
      spawn(this: ChildProcess, ...args: unknown[]): unknown {
        return spawning(this, args);
      },
    }.spawn);
    replaceIn(prototype, "kill", {
      kill(this: ChildProcess, ...args: unknown[]): unknown {
        return killing(this, args);
      },
    }.kill);
    Object.defineProperty(prototype, "emit", {
      configurable: true,
      writable: true,
      enumerable: false,
      value(this: ChildProcess, ...args: unknown[]): unknown {
        heard(this, args);
        return Reflect.apply(emit, this, args);
      },
    });
    const { spawnSync, execFileSync, execSync } = childProcess as unknown as Record<string, (...args: unknown[]) => unknown>;
    const sync = (original: ((...args: unknown[]) => unknown) | undefined, args: unknown[], shell: boolean): unknown => this.runSync(original!, args, shell);
    replaceIn(childProcess, "spawnSync", {
      spawnSync(...args: unknown[]): unknown {
        return sync(spawnSync, args, false);
      },
    }.spawnSync);
    replaceIn(childProcess, "execFileSync", {
      execFileSync(...args: unknown[]): unknown {
        return sync(execFileSync, args, false);
      },
    }.execFileSync);
    replaceIn(childProcess, "execSync", {
      execSync(...args: unknown[]): unknown {
        return sync(execSync, args, true);
      },
    }.execSync);
  }

  // ---- child_process.spawn, fork, exec, execFile, cluster.fork

  private spawn(child: ChildProcess, spawn: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const options = args[0] as SpawnOptions | undefined;
    const usable = typeof options === "object" && Array.isArray(options.args) && Array.isArray(options.envPairs) && typeof options.file === "string";
    if (!usable) return Reflect.apply(spawn, child, args);
    const env = Object.fromEntries(options.envPairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    const stdio = options.stdio ?? "pipe";
    const other = options.uid !== undefined || options.gid !== undefined;
    const prepared = this.prepare({ file: options.file, args: options.args, env }, stdio, !other, Array.isArray(stdio) && stdio.includes("ipc"));
    if (!prepared) return Reflect.apply(spawn, child, args);
    const { result, pipes, channels, seq, site } = prepared;
    const { recorder } = this.self;
    const added = prepared.env;
    const envPairs = [...options.envPairs.filter((pair) => !(pair.slice(0, pair.indexOf("=")) in added)), ...Object.entries(added).map(([key, value]) => `${key}=${value}`)];
    const started: Started = { task: result.task, ipc: channels ? new IpcSide(this.self, ...channels) : undefined, killed: false };
    this.started.set(child, started);
    let failed = true;
    try {
      const returned = Reflect.apply(spawn, child, [{ ...options, envPairs, stdio: pipes.stdio }]) as unknown;
      failed = child.pid === undefined;
      return returned;
    } finally {
      pipes.close();
      if (failed) {
        this.started.delete(child);
        this.failed(result.task, seq);
      } else {
        this.note({ type: "child", task: result.task, pid: child.pid!, leads: options.detached === true });
        recorder.site = site;
        recorder.sync(Kind.Spawn, result.task, seq);
        recorder.flush();
        started.ipc?.watch(child);
      }
    }
  }

  private prepare(program: ChildProgram, stdio: unknown, mayRecord: boolean, ipc: boolean): Prepared | undefined {
    const { self } = this;
    const { arena, recorder, plain, critical } = self;
    self.perturbation?.at(Place.Spawn);
    this.countOutside();
    const node = isThisNode(program);
    const recorded = node && mayRecord;
    const name = nameOfProgram(program, node);
    let channels: [number, number] | null = null;
    if (ipc && recorded) {
      critical.enter();
      const ids = [createObject(arena, ObjectCode.MessageQueue, -1), createObject(arena, ObjectCode.MessageQueue, -1)] as const;
      critical.leave();
      if (!ids.includes(0)) channels = [ids[0] + plain.firstObject, ids[1] + plain.firstObject];
    }
    const streams = inherited(stdio, plain);
    const { site } = recorder;
    const body: ChildBody = { name, recorded, facts: { ...streams, channels }, spawnedAt: recorder.now() };
    const result = self.ask(RequestCode.Child, body).body as ChildResult;
    if (result.task < 0) return undefined;
    if (channels) {
      for (const [index, id] of channels.entries()) recorder.meta({ type: "object", id, objectType: "MessageQueue", name: `${index === 0 ? "to" : "from"} ${result.name}`, initial: -1, ...(site === 0 ? {} : { site }) });
    }
    const env = result.pipes ? recordingEnvironment(this.script, result.pipes, program.env.NODE_OPTIONS) : {};
    return { result, pipes: new OwnPipes(stdio, result.stdout, result.stderr), env, channels, seq: arena.nextSeq(), site };
  }

  /** The first process of a run counts itself until it gets company. */
  private countOutside(): void {
    const { arena } = this.self;
    const before = arena.countOutside();
    if (before) this.note({ type: "outside", seq: before.seq, names: Array.from({ length: before.tasks }, (_, task) => arena.name(task)) });
  }

  private note(note: Note): void {
    this.self.request(RequestCode.Note, note, nothing);
  }

  private failed(task: number, seq: number): void {
    this.self.recorder.sync(Kind.Yield, 0, seq);
    const body: ChildEndBody = { task, pid: 0, exitCode: null, signal: null, failed: true, killed: false };
    this.self.ask(RequestCode.ChildEnd, body);
  }

  private kill(child: ChildProcess, kill: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const started = this.started.get(child);
    const running = child.exitCode === null && child.signalCode === null;
    if (!started || !running || HARMLESS.has(args[0])) return Reflect.apply(kill, child, args);
    const { arena, recorder } = this.self;
    const seq = arena.nextSeq();
    let sent: unknown = false;
    try {
      sent = Reflect.apply(kill, child, args);
      return sent;
    } finally {
      if (sent === true) {
        started.killed = true;
        recorder.sync(Kind.Kill, started.task, seq);
      } else recorder.sync(Kind.Yield, 0, seq);
    }
  }

  private heard(child: ChildProcess, [event, code, signal]: unknown[]): void {
    if (event !== "message" && event !== "exit") return;
    const started = this.started.get(child);
    if (!started) return;
    if (event === "message") started.ipc?.heard();
    else {
      this.started.set(child, { ...started, task: -1 });
      if (started.task >= 0) this.ended(started.task, child.pid ?? 0, code as number | null, signal as string | null, started.killed);
    }
  }

  private ended(task: number, pid: number, exitCode: number | null, signal: string | null, killed: boolean): void {
    const { arena, recorder } = this.self;
    const body: ChildEndBody = { task, pid, exitCode, signal, failed: false, killed: killed && signal !== null };
    const { seq } = this.self.ask(RequestCode.ChildEnd, body).body as SeqResult;
    recorder.site = 0;
    recorder.sync(Kind.Join, task, arena.nextSeq(), seq);
  }

  // ---- the synchronous ones

  private runSync(original: (...args: unknown[]) => unknown, args: unknown[], shell: boolean): unknown {
    const [file, second, third] = args;
    const list: readonly unknown[] = !shell && Array.isArray(second) ? second : [];
    const options = (!shell && (Array.isArray(second) || second == null) ? third : second) ?? {};
    if (typeof file !== "string" || file === "" || typeof options !== "object" || !list.every((arg) => typeof arg === "string")) return Reflect.apply(original, this.childProcess, args);
    const { env = process.env, stdio = "pipe", shell: inShell, uid, gid } = options as { env?: NodeJS.ProcessEnv; stdio?: unknown; shell?: unknown; uid?: unknown; gid?: unknown };
    const throughShell = shell || (inShell !== undefined && inShell !== false);
    const program: ChildProgram = throughShell ? { file: "sh", args: ["sh", "-c", [file, ...list].join(" ")], env } : { file, args: [file, ...list], env };
    const prepared = this.prepare(program, stdio, uid === undefined && gid === undefined, false);
    if (!prepared) return Reflect.apply(original, this.childProcess, args);
    const { result, pipes, seq, site } = prepared;
    const { recorder } = this.self;
    // It tells its start before this thread goes on.
    recorder.site = site;
    recorder.sync(Kind.Spawn, result.task, seq);
    recorder.flush();
    const own = { ...options, ...("stdio" in options ? { stdio: pipes.stdio } : {}), ...(result.pipes ? { env: { ...env, ...prepared.env } } : {}) };
    let how: SyncEnd = { pid: 0, status: 0, signal: null };
    try {
      const returned = Reflect.apply(original, this.childProcess, shell ? [file, own] : [file, list, own]) as unknown;
      if (isSyncEnd(returned)) how = returned;
      return returned;
    } catch (error) {
      how = isSyncEnd(error) ? error : { pid: 0, status: null, signal: null };
      throw error;
    } finally {
      pipes.close();
      this.ended(result.task, how.pid, how.status, how.signal, false);
    }
  }
}

interface SyncEnd {
  readonly pid: number;
  readonly status: number | null;
  readonly signal: string | null;
}

function isSyncEnd(value: unknown): value is SyncEnd {
  return typeof value === "object" && value !== null && "status" in value && "signal" in value;
}

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { FrameReader, LateChunks, Spool, type FrameListener } from "../wire";
import { whenQuiet } from "./quiet";
import { reaper } from "./reaper";
import { passingPath } from "./run-folder";

/** Raw output that is kept to tell how a process died. */
const KEPT = 64 * 1024;

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to standard error past the recording (Node's own last words, programs it started). */
  readonly lastWords: string;
  /** It could not be started. */
  readonly error?: Error;
}

export interface TaskProcessListener extends FrameListener {
  /** What did not come through the recording: native code, programs that the snippet started. */
  onRaw(stream: "stdout" | "stderr", text: string): void;
  /** The stream of its pipe is not sound. */
  onBroken(error: Error): void;
  onEnd(end: ProcessEnd): void;
}

/** Where the bundle that runs in the student's processes is: beside this one, or (from sources) in dist. */
export function taskScript(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    for (const candidate of [join(folder, "task.js"), join(folder, "dist", "task.js")]) if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) throw new Error("task.js is missing: build the project first");
  }
}

/** A process of the run and the way to it. */
export interface ProcessLine {
  readonly pid: number;
  send(frame: Uint8Array): void;
  /** Ends it and all that it has started, at once. */
  kill(): void;
  /** What it has started may end, too. */
  release(): void;
}

/** One process of a run, seen from its supervisor, which has started it. */
export class TaskProcess implements ProcessLine {
  private readonly child: ChildProcess;
  private readonly spool = Spool.make(passingPath());
  private readonly late: LateChunks | undefined;
  private broken = false;
  private lastWords = "";
  /** Of its trace, that have come. */
  private pieces = 0;
  private over = false;
  private released = false;

  constructor(memoryLimit: number, inheritInput: boolean, private readonly listener: TaskProcessListener) {
    const env: NodeJS.ProcessEnv = { ...process.env };
    if (process.versions.electron !== undefined) env.ELECTRON_RUN_AS_NODE = "1";
    // The student's program is not to inherit how we were started.
    delete env.NODE_OPTIONS;
    delete env.NODE_CHANNEL_FD;
    this.child = spawn(process.execPath, [`--max-old-space-size=${memoryLimit}`, taskScript()], {
      detached: process.platform !== "win32",
      windowsHide: true,
      env,
      stdio: [inheritInput ? "inherit" : "ignore", "pipe", "pipe", "pipe", "pipe", this.spool?.file ?? "ignore"],
    });
    if (this.child.pid !== undefined) reaper.add(this.child.pid);
    if (this.spool) this.late = new LateChunks(this.spool, (task, chunk) => listener.onChunk(task, chunk), (error) => this.breaks(error));
    this.readTrace(this.child.stdio[3] as Readable);
    this.readRaw("stdout", this.child.stdout!);
    this.readRaw("stderr", this.child.stderr!);
    // Writing to a process that has just died is no failure of ours.
    (this.child.stdio[4] as Writable).on("error", () => {});
    this.child.on("error", (error) => this.finish({ exitCode: null, signal: null, error }));
    this.child.on("exit", (exitCode, signal) => {
      // Programs that it has started may keep its output open for long.
      const drained = whenQuiet(() => this.pieces, () => this.finish({ exitCode, signal }));
      this.child.once("close", () => {
        drained();
        this.finish({ exitCode, signal });
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  private readTrace(pipe: Readable): void {
    const reader = new FrameReader(this.listener, this.late);
    pipe.on("data", (bytes: Buffer) => {
      this.pieces++;
      this.unlessBroken(() => reader.push(bytes));
    });
    pipe.on("error", () => {});
  }

  private unlessBroken(read: () => void): void {
    if (this.broken) return;
    try {
      read();
    } catch (error) {
      this.breaks(error as Error);
    }
  }

  private breaks(error: Error): void {
    this.broken = true;
    this.listener.onBroken(error);
  }

  private readRaw(stream: "stdout" | "stderr", pipe: Readable): void {
    pipe.setEncoding("utf8");
    pipe.on("data", (text: string) => {
      if (stream === "stderr") this.lastWords = (this.lastWords + text).slice(-KEPT);
      this.listener.onRaw(stream, text);
    });
    pipe.on("error", () => {});
  }

  send(frame: Uint8Array): void {
    (this.child.stdio[4] as Writable).write(frame);
  }

  kill(): void {
    if (this.released || this.child.pid === undefined) return;
    try {
      if (process.platform === "win32") this.child.kill("SIGKILL");
      else process.kill(-this.child.pid, "SIGKILL");
    } catch {
      // It has ended by itself in the meantime.
    }
  }

  private finish(end: Omit<ProcessEnd, "lastWords">): void {
    if (this.over) return;
    this.over = true;
    this.unlessBroken(() => this.late?.settleAll());
    this.listener.onEnd({ ...end, lastWords: this.lastWords });
  }

  /** What the process has started and left behind ends with it. */
  release(): void {
    if (this.released) return;
    this.kill();
    this.released = true;
    for (const stream of this.child.stdio) stream?.destroy();
    this.late?.close();
    this.spool?.close();
    if (this.child.pid !== undefined) reaper.remove(this.child.pid);
  }
}

import { closeSync, constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { FrameReader, type ChildPipes } from "../wire";
import { makeFifos } from "./os-pipes";
import { reaper } from "./reaper";
import type { ProcessEnd, ProcessLine, TaskProcessListener } from "./task-process";

const STREAMS = ["stdout", "stderr"] as const;
type Stream = (typeof STREAMS)[number];
/** For what a process has written to run in. */
const DRAIN_MS = 500;
/** Raw output that is kept to tell how a process died. */
const KEPT = 64 * 1024;

/** How often it is looked whether a process without a parent has begun. */
const LOOK_MS = 100;
/** For such a process to begin. */
const BEGIN_MS = 10_000;

/** Which pipes a process needs. */
export interface Wanted {
  readonly recorded: boolean;
  readonly stdout: Stream | null;
  readonly stderr: Stream | null;
}

/**
 * A process of the run that the program has started itself: its pipes are named ones, opened by it and by us. It has ended when its
 * end of the trace's pipe is closed (nobody inherits it); how, only the process that has started it knows.
 */
export class ChildLink implements ProcessLine {
  pid = 0;
  readonly pipes: ChildPipes | null;
  readonly stdout: string | null = null;
  readonly stderr: string | null = null;
  private readonly replies: Socket | undefined;
  private readonly sockets: Socket[] = [];
  /** Our own ends for writing: without one a pipe would seem to end before it has begun. */
  private held: number[] = [];
  private open = 0;
  private leads = false;
  private lastWords = "";
  private over = false;
  private released = false;
  private traceEnded: boolean;
  private drained = false;
  private end: Omit<ProcessEnd, "lastWords"> | undefined;

  constructor(
    folder: string,
    /** Of this link, in its run. */
    number: number,
    wanted: Wanted,
    private readonly listener: TaskProcessListener,
  ) {
    const path = (name: string): string => join(folder, `${name}-${number}`);
    const trace = path("trace");
    const replies = path("replies");
    const streams = STREAMS.filter((stream) => wanted[stream] !== null);
    const made = makeFifos([...(wanted.recorded ? [trace, replies] : []), ...streams.map(path)]);
    this.pipes = made && wanted.recorded ? { trace, replies } : null;
    this.traceEnded = this.pipes === null;
    if (this.pipes) {
      this.replies = this.adopt(new Socket({ fd: openSync(replies, constants.O_RDWR | constants.O_NONBLOCK), readable: false, writable: true }));
      this.readTrace(this.reading(trace));
    }
    if (!made) return;
    for (const stream of streams) {
      this[stream] = path(stream);
      this.readRaw(wanted[stream]!, stream, this.reading(path(stream)));
    }
  }

  private adopt(socket: Socket): Socket {
    this.sockets.push(socket);
    // Of a process that has just died.
    socket.on("error", () => {});
    return socket;
  }

  private reading(path: string): Socket {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    this.held.push(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    return this.adopt(new Socket({ fd, readable: true, writable: false }));
  }

  private readTrace(pipe: Socket): void {
    const reader = new FrameReader(this.listener);
    let broken = false;
    pipe.on("data", (bytes: Buffer) => {
      if (broken) return;
      try {
        reader.push(bytes);
      } catch (error) {
        broken = true;
        this.listener.onBroken(error as Error);
      }
    });
    this.open++;
    pipe.on("close", () => {
      this.traceEnded = true;
      this.closed();
    });
  }

  private readRaw(stream: Stream, own: Stream, pipe: Socket): void {
    pipe.setEncoding("utf8");
    pipe.on("data", (text: string) => {
      if (own === "stderr") this.lastWords = (this.lastWords + text).slice(-KEPT);
      this.listener.onRaw(stream, text);
    });
    this.open++;
    pipe.on("close", () => this.closed());
  }

  private closed(): void {
    this.open--;
    this.settle();
  }

  /** It is there, or it will never be: what it has open is its own now. */
  letGo(): void {
    for (const descriptor of this.held.splice(0)) closeSync(descriptor);
  }

  /** The process that has started it tells of it. */
  born(pid: number, leads: boolean): void {
    this.pid = pid;
    this.leads = leads;
    if (leads) reaper.add(pid);
  }

  /** How it ended, as far as anybody knows. */
  told(end: Omit<ProcessEnd, "lastWords">): void {
    if (this.end) return;
    this.end = end;
    this.letGo();
    // Programs that it has started may keep its output open for long.
    setTimeout(() => {
      this.drained = true;
      this.settle();
    }, DRAIN_MS).unref();
    this.settle();
  }

  /** Nobody is left who could tell how it ends; but it may not even have begun, and gets some time for that unless it was `killed`, too. */
  orphaned(killed: boolean): void {
    const deadline = performance.now() + (killed ? 0 : BEGIN_MS);
    const look = (): void => {
      const mayBegin = this.held.length > 0 && performance.now() < deadline && (this.pid === 0 || exists(this.pid));
      if (mayBegin) setTimeout(look, LOOK_MS).unref();
      else this.told({ exitCode: null, signal: null });
    };
    look();
  }

  private settle(): void {
    if (this.over || !this.end || !this.traceEnded || !(this.open === 0 || this.drained)) return;
    this.over = true;
    this.listener.onEnd({ ...this.end, lastWords: this.lastWords });
  }

  send(frame: Uint8Array): void {
    this.replies?.write(frame);
  }

  kill(): void {
    if (this.over || this.pid === 0) return;
    this.signal();
  }

  private signal(): void {
    try {
      process.kill(this.leads ? -this.pid : this.pid, "SIGKILL");
    } catch {
      // It has ended by itself in the meantime.
    }
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    if (this.leads) {
      this.signal();
      reaper.remove(this.pid);
    }
    this.letGo();
    for (const socket of this.sockets) socket.destroy();
  }
}


function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

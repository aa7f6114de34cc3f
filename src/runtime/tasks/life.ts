import { TaskState } from "../../sync";
import { EndReason, Kind } from "../../trace";
import { RequestCode, requestFrame, type Failure, type FailureBody, type Note } from "../../wire";
import { isMainThread } from "node:worker_threads";
import { onEmit } from "../exit-listeners";
import { closeSockets } from "../api/socket";
import { words } from "../api/words";
import type { ChunkSink } from "../context";
import type { Memory, MessageTarget } from "../memory/types";
import type { TaskRecorder } from "../recorder/types";
import { replaceIn } from "../plain/patch";
import { costOf, costOfCreation } from "./costs";
import type { TaskDriver } from "./driver";
import { describeFailure } from "./failure";
import { caught, placeOf } from "./stack";

const encoder = new TextEncoder();
const nothing: Uint8Array = new Uint8Array(0);
/** Node's own exit code for a promise at the top level that nothing will settle. */
const UNSETTLED = 13;

export interface LifeParts {
  readonly task: number;
  readonly recorder: TaskRecorder;
  readonly driver: TaskDriver;
  readonly memory: Memory;
  readonly sink: ChunkSink;
  readonly messageTarget: MessageTarget;
  readonly createdIn: number | null;
  /** Node itself runs the program and deals with what goes wrong; this only takes note. */
  readonly plain: boolean;
}

/** How one task comes to its end, and how that is told. */
export class Life {
  private settled = false;
  private failure: Failure | undefined;
  private result = nothing;
  private over = false;
  /** process.exit() was called. */
  private left = false;

  constructor(private readonly parts: LifeParts) {
    this.noticeExit();
    onEmit(
      () => {},
      (event, error) => {
        if (event === "uncaughtException" || event === "unhandledRejection" || event === "uncaughtExceptionMonitor") caught(error);
      },
    );
    if (parts.createdIn !== null) parts.recorder.meta(costOfCreation(parts.task, parts.createdIn));
    if (parts.plain) {
      this.settled = true;
      if (isMainThread) process.abort = () => this.abort();
      return;
    }
    process.on("uncaughtException", (error, origin) => {
      // The program deals with it itself.
      if (process.listenerCount("uncaughtException") > 1) return;
      this.crash(error, origin === "unhandledRejection" ? "rejection" : "exception");
    });
    process.abort = () => this.abort();
  }

  private noticeExit(): void {
    const exit = Reflect.get(process, "exit") as (...args: unknown[]) => never;
    const leaves = (): void => void (this.left = true);
    replaceIn(process, "exit", {
      exit(this: NodeJS.Process, ...args: unknown[]): never {
        leaves();
        return Reflect.apply(exit, this, args) as never;
      },
    }.exit);
  }

  /**
   * process.abort() ends the process of the task, and all tasks in it, by SIGABRT. (In a worker Node refuses it; a native abort there
   * does just that.) The place is told first; Node's own dump is not.
   */
  abort(): never {
    const { stack } = new Error("process.abort()");
    const failure: Failure = { error: "process.abort()", signal: "SIGABRT", cause: "signal", ...(stack === undefined ? {} : { stack, ...placeOf(stack) }) };
    const { task, sink, recorder, createdIn } = this.parts;
    recorder.meta(costOf(task, createdIn));
    recorder.flush();
    // Its end is the supervisor's to tell: nobody who joins it is to go on before the process is gone.
    const note: Note = { type: "aborting", task, failure };
    sink.write(requestFrame(task, RequestCode.Note, note));
    process.kill(process.pid, "SIGABRT");
    // Until the signal arrives nothing more is to happen.
    const never = new Int32Array(new SharedArrayBuffer(4));
    for (;;) Atomics.wait(never, 0, 0);
  }

  /** Runs the task's function and takes note of what becomes of it. */
  run(body: () => unknown): void {
    let value: unknown;
    try {
      value = body();
    } catch (error) {
      this.crash(error, "exception");
      return;
    }
    if (isThenable(value)) {
      value.then(
        (result) => this.returned(result),
        // It is the result of the task's own function: what an async one throws has left it as well.
        (error: unknown) => this.crash(error, "exception"),
      );
    } else {
      this.returned(value);
    }
  }

  private returned(value: unknown): void {
    try {
      if (value !== undefined) this.result = this.parts.memory.encodeMessage(value, this.parts.messageTarget);
      this.settled = true;
    } catch (error) {
      this.crash(error, "exception");
    }
  }

  /** An uncaught error of a plain program, which Node is about to tell. */
  uncaught(thrown: unknown, origin: "exception" | "rejection"): void {
    if (process.listenerCount("uncaughtException") > 0 || process.hasUncaughtExceptionCaptureCallback()) return;
    this.failure ??= describeFailure(thrown, origin);
  }

  private crash(thrown: unknown, origin: "exception" | "rejection"): void {
    this.failure ??= describeFailure(thrown, origin);
    process.exit(1);
  }

  /** The task is over: `exitCode` is its thread's or process's. Only the first call counts. */
  conclude(exitCode: number): void {
    if (this.over) return;
    this.over = true;
    const { task, recorder, driver, sink, createdIn } = this.parts;
    const failure = this.failure ?? this.failureOfExit(exitCode);
    const state = failure ? TaskState.Crashed : TaskState.Finished;
    const told: FailureBody | undefined = failure && {
      message: failure.error,
      ...(failure.signal === undefined ? { exitCode: failure.exitCode ?? exitCode } : { signal: failure.signal }),
    };
    if (failure) recorder.meta({ type: "task-failure", id: task, ...failure });
    recorder.meta(costOf(task, createdIn));
    closeSockets();
    const seq = driver.end(state, exitCode, told ? encoder.encode(JSON.stringify(told)) : this.result);
    recorder.sync(Kind.TaskEnd, task, seq, failure ? EndReason.Crashed : EndReason.Finished, exitCode);
    recorder.flush();
    const note: Note = { type: "ended", task, state, seq, exitCode };
    sink.write(requestFrame(task, RequestCode.Note, note));
    driver.told?.();
  }

  /** A task that sets `process.exitCode` and comes to its end has not failed; one that leaves before with another code than 0 has. */
  private failureOfExit(exitCode: number): Failure | undefined {
    if (this.left) return exitCode === 0 ? undefined : { error: words.exited(exitCode), exitCode, cause: "exit" };
    const unsettled = exitCode === UNSETTLED && (!this.settled || this.parts.plain);
    return unsettled ? { error: words.neverSettled, exitCode, cause: "exit" } : undefined;
  }

  /** Nothing is left to do for the task's event loop. */
  loopEmpty(): void {
    this.conclude(this.exitCodeOfEmptyLoop);
  }

  /** What the process ends with if nothing else happens. */
  get exitCodeOfEmptyLoop(): number {
    return this.settled ? Number(process.exitCode ?? 0) : UNSETTLED;
  }
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

import { type ChildProcess, type Serializable, fork } from "node:child_process";
import type { RunOptions } from "../run/types";
import type { CompareOptions } from "../session/compare";
import type { FromRunner, ToRunner } from "./runner-messages";

export interface RunnerEvents {
  onMessage(message: FromRunner): void;
  /** The process is gone though nobody asked it to: our failure, or somebody ended it from outside. */
  onLost(how: RunnerLoss): void;
}

export interface RunnerLoss {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** What it said of its own failure, or the end of what it wrote to standard error. */
  readonly details: string;
}

/** How much of a runner's standard error is kept for a report of its failure. */
const KEEP = 8000;
/** From the request to end to the end by force. The runner itself needs up to two seconds to end a run's processes. */
const FORCE_AFTER = 3000;

/** The editor's own variables are not the student's program's: a debugger's NODE_OPTIONS, say, would attach to it. */
export function runnerEnvironment(own: NodeJS.ProcessEnv, asNode: boolean): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(own)) {
    if (/^(VSCODE_|ELECTRON_|CHROME_)/.test(name) || name === "NODE_OPTIONS") continue;
    env[name] = value;
  }
  if (asNode) env["ELECTRON_RUN_AS_NODE"] = "1";
  return env;
}

/** One runner process (runner-main.ts). */
export class RunnerProcess {
  private readonly child: ChildProcess;
  private stderr = "";
  private failure: string | undefined;
  private closing = false;
  private events: RunnerEvents | undefined;
  /** No process is left any more. */
  readonly gone: Promise<void>;

  /** @param nodePath the Node to run it with; undefined: the editor's own */
  constructor(script: string, readonly nodePath: string | undefined) {
    this.child = fork(script, [], {
      execPath: nodePath ?? process.execPath,
      execArgv: [],
      env: runnerEnvironment(process.env, nodePath === undefined),
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr = (this.stderr + text).slice(-KEEP);
    });
    this.child.on("message", (message) => this.receive(message as unknown as FromRunner));
    this.gone = new Promise((resolve) => {
      const lost = (exitCode: number | null, signal: string | null): void => {
        resolve();
        if (!this.closing) this.events?.onLost({ exitCode, signal, details: this.failure ?? this.stderr });
        this.closing = true;
      };
      this.child.once("error", (error) => {
        this.failure ??= error.stack ?? error.message;
        // Could not be started at all; once it runs, an error (of sending, say) is followed by its end.
        if (this.child.pid === undefined) lost(null, null);
      });
      this.child.once("close", lost);
    });
  }

  get alive(): boolean {
    return !this.closing;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  run(run: number, options: RunOptions, events: RunnerEvents): void {
    this.events = events;
    this.send({ type: "run", run, options });
  }

  compare(run: number, options: CompareOptions, events: RunnerEvents): void {
    this.events = events;
    this.send({ type: "compare", run, options });
  }

  /** The runner is idle again. */
  release(): void {
    this.events = undefined;
  }

  stop(run: number, reason: string): void {
    this.send({ type: "stop", run, reason });
  }

  /** Ends it with all its runs. */
  dispose(): void {
    if (this.closing) return;
    this.closing = true;
    if (this.child.connected) this.child.disconnect();
    const force = setTimeout(() => this.child.kill("SIGKILL"), FORCE_AFTER);
    force.unref();
    void this.gone.then(() => clearTimeout(force));
  }

  private send(message: ToRunner): void {
    // A channel that has just closed is told by "close".
    if (this.child.connected) this.child.send(message as Serializable, () => undefined);
  }

  private receive(message: FromRunner): void {
    if (message.type === "failure") this.failure = message.stack;
    this.events?.onMessage(message);
  }
}

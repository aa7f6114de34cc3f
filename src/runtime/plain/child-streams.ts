import { closeSync, openSync } from "node:fs";
import type { StreamName } from "../../wire";

type Entry = unknown;

/** Which of this process's own streams a new one is to write to, through its descriptors 1 and 2: "inherit", 1, process.stdout … */
export interface Inherited {
  readonly stdout: StreamName | null;
  readonly stderr: StreamName | null;
}

/** `own`: where in the run's output this process's streams go. What does not become part of it in this process does not in another. */
export function inherited(stdio: unknown, own: Inherited): Inherited {
  const at = (index: number): StreamName | null => {
    const descriptor = descriptorOf(Array.isArray(stdio) ? (stdio as Entry[])[index] : stdio, index);
    return descriptor === 1 ? own.stdout : descriptor === 2 ? own.stderr : null;
  };
  return { stdout: at(1), stderr: at(2) };
}

function descriptorOf(entry: Entry, index: number): number | undefined {
  if (entry === "inherit") return index;
  if (typeof entry === "number") return entry;
  const descriptor: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, "fd") : undefined;
  return typeof descriptor === "number" ? descriptor : undefined;
}

/** The same stdio with pipes to the supervisor in place of the streams of this process, so that it knows who writes. To be closed when the process has begun. */
export class OwnPipes {
  private readonly opened: number[] = [];
  readonly stdio: unknown;

  constructor(stdio: unknown, stdout: string | null, stderr: string | null) {
    if (stdout === null && stderr === null) {
      this.stdio = stdio;
      return;
    }
    const entries = Array.isArray(stdio) ? [...(stdio as Entry[])] : [stdio, stdio, stdio];
    if (stdout !== null) entries[1] = this.open(stdout);
    if (stderr !== null) entries[2] = this.open(stderr);
    this.stdio = entries;
  }

  private open(path: string): number {
    const descriptor = openSync(path, "w");
    this.opened.push(descriptor);
    return descriptor;
  }

  close(): void {
    for (const descriptor of this.opened.splice(0)) closeSync(descriptor);
  }
}

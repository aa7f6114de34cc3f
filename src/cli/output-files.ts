import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { extname } from "node:path";
import type { Report } from "../report/contract";
import { htmlPage } from "../report/html/page";
import { perfettoTrace } from "../report/perfetto";
import { Trace, type RunMode } from "../trace";
import { UsageError, type OutputFiles, type OutputOption } from "./arguments";
import type { CliWords } from "./words";

interface Open {
  readonly option: OutputOption;
  readonly path: string;
  readonly descriptor: number;
}

/** The files that a run is written to beside what is printed. They are opened first: who can't write learns it before the run. */
export class RunFiles {
  private readonly open: Open[] = [];
  /** Of what is written at the end. */
  private readonly chunks: Uint8Array[] = [];

  /** Throws UsageError. */
  constructor(
    files: OutputFiles,
    words: CliWords,
    private readonly locale: string,
  ) {
    for (const option of ["trace", "perfetto", "html"] as const) {
      const path = files[option];
      if (path === undefined) continue;
      try {
        this.open.push({ option, path, descriptor: openSync(path, "w") });
      } catch (error) {
        this.discard();
        throw new UsageError(words.cantWrite(path, (error as NodeJS.ErrnoException).code ?? String(error)));
      }
    }
  }

  onTrace(chunk: Uint8Array): void {
    for (const { option, descriptor } of this.open) if (option === "trace") writeSync(descriptor, chunk);
    if (this.open.some(({ option }) => option !== "trace")) this.chunks.push(chunk.slice());
  }

  /** The run is over. One that never began leaves no file. */
  finish(report: Report): void {
    if (report.outcome === "not-compiled") return this.discard();
    let trace: Trace | undefined;
    const whole = (): Trace => {
      if (trace) return trace;
      trace = new Trace();
      for (const chunk of this.chunks) trace.push(chunk);
      trace.close();
      return trace;
    };
    for (const { option, descriptor } of this.open) {
      if (option === "perfetto") writeAll(descriptor, JSON.stringify(perfettoTrace(whole(), report.findings, this.locale)));
      else if (option === "html") writeAll(descriptor, htmlPage(report, whole(), this.locale));
      closeSync(descriptor);
    }
  }

  /** There was no run. */
  discard(): void {
    for (const { path, descriptor } of this.open) {
      closeSync(descriptor);
      rmSync(path, { force: true });
    }
    this.open.length = 0;
  }
}

/** "out.html" → "out.threads.html" */
export function ofMode(files: OutputFiles, mode: RunMode): OutputFiles {
  const named = (path: string): string => `${path.slice(0, path.length - extname(path).length)}.${mode}${extname(path)}`;
  return Object.fromEntries(Object.entries(files).map(([option, path]) => [option, named(path)]));
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

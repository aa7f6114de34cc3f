import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { LocatedFinding, TaskCosts } from "../report/contract";
import type { RunResult } from "../run/types";
import type { RunMode } from "../trace";
import type { ComparisonState, RunBefore } from "./panel-messages";
import { concat } from "./trace-batch";

/** A run that has ended, as it is kept. */
export interface KeptRun {
  readonly id: number;
  /** The document's address. */
  readonly document: string;
  readonly file: string;
  readonly text: string;
  readonly mode: RunMode;
  /** Seed of the random delays; null: none. */
  readonly perturb: number | null;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly findings: readonly LocatedFinding[];
  readonly result: RunResult;
  readonly costs: readonly TaskCosts[];
  readonly before?: RunBefore;
  /** Bytes of the trace as it was; with a longer one than is kept, `trace` is empty. */
  readonly traceBytes: number;
  readonly trace: Uint8Array;
}

/** A comparison that has ended, as it is kept. */
export interface KeptComparison {
  readonly document: string;
  readonly file: string;
  readonly started: number;
  readonly state: ComparisonState;
}

export interface KeepLimits {
  /** Bytes of one trace. */
  readonly trace: number;
  /** Bytes of all that is kept. */
  readonly total: number;
}

const LIMITS: KeepLimits = { trace: 64 << 20, total: 256 << 20 };
const RUN = ".run";
const COMPARISON = ".comparison";
const LENGTH_BYTES = 4;

/**
 * Keeps the last run and the last comparison of each snippet in a folder, for the window to come: after a reload the extension starts with nothing in memory.
 * One file for a run: the length of the description, the description as JSON, the trace; one of JSON for a comparison. The oldest go when it becomes too much.
 */
export class KeptRuns {
  private last: Promise<void> = Promise.resolve();

  /**
   * @param version the extension's: what another one kept is not read
   * @param onFailure a run could not be kept, or what was kept could not be read
   */
  constructor(
    private readonly folder: string,
    private readonly version: string,
    private readonly onFailure: (error: Error) => void,
    private readonly limits = LIMITS,
  ) {}

  /** Writes one after the other, in the background. */
  save(run: Omit<KeptRun, "trace" | "traceBytes"> & { readonly trace: readonly Uint8Array[] }): void {
    const { trace, ...description } = run;
    const traceBytes = trace.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const json = Buffer.from(JSON.stringify({ ...description, version: this.version, traceBytes }));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(json.length);
    const bytes = concat([length, json, ...(traceBytes > this.limits.trace ? [] : trace)]);
    this.last = this.last.then(() => this.write(this.pathOf(run.file, RUN), bytes)).catch(this.onFailure);
  }

  saveComparison(comparison: KeptComparison): void {
    const json = Buffer.from(JSON.stringify({ ...comparison, version: this.version }));
    this.last = this.last.then(() => this.write(this.pathOf(comparison.file, COMPARISON), json)).catch(this.onFailure);
  }

  /** The last run of the snippet of this path. */
  load(file: string): Promise<KeptRun | undefined> {
    return this.fetch(this.pathOf(file, RUN), (bytes) => this.read(bytes));
  }

  /** The last comparison of the snippet of this path. */
  loadComparison(file: string): Promise<KeptComparison | undefined> {
    return this.fetch(this.pathOf(file, COMPARISON), (bytes) => {
      const { version, ...comparison } = JSON.parse(bytes.toString()) as KeptComparison & { readonly version: string };
      return version === this.version ? comparison : undefined;
    });
  }

  private async fetch<T>(file: string, read: (bytes: Buffer) => T | undefined): Promise<T | undefined> {
    await this.last;
    try {
      return read(await readFile(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.onFailure(error as Error);
      return undefined;
    }
  }

  /** Resolves when all is written. */
  async settled(): Promise<void> {
    await this.last;
  }

  private pathOf(file: string, suffix: string): string {
    return path.join(this.folder, createHash("sha256").update(file).digest("hex").slice(0, 32) + suffix);
  }

  private read(bytes: Uint8Array): KeptRun | undefined {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = LENGTH_BYTES + buffer.readUInt32LE(0);
    const { version, ...run } = JSON.parse(buffer.toString("utf8", LENGTH_BYTES, end)) as Omit<KeptRun, "trace"> & { readonly version: string };
    return version === this.version ? { ...run, trace: new Uint8Array(buffer.subarray(end)) } : undefined;
  }

  private async write(file: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    // A window that is closed while we write must not leave half a file.
    const partial = `${file}.${process.pid}`;
    await writeFile(partial, bytes);
    await rename(partial, file);
    await this.prune();
  }

  private async prune(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(RUN) || name.endsWith(COMPARISON));
    const files = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(path.join(this.folder, name));
        return { name, size, mtimeMs };
      }),
    );
    let total = 0;
    for (const { name, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      total += size;
      if (total > this.limits.total) await rm(path.join(this.folder, name), { force: true });
    }
  }
}

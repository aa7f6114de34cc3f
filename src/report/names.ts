import type { HeldLock } from "../analysis";
import { absent, type ObjectMeta, type Site, type SourceFile, type TraceValue } from "../trace";
import type { Words } from "./words";

/** What the ids of a trace are called. A `Trace` fits, and so does a `ReportCollector`. */
export interface TraceNames {
  readonly files: readonly SourceFile[];
  readonly sites: readonly Site[];
  readonly objects: ReadonlyMap<number, ObjectMeta>;
  readonly tasks: ReadonlyMap<number, { readonly name: string }>;
  /** What a snippet may import. */
  readonly api?: ReadonlySet<string>;
}

export interface Located {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** Names for sentences. */
export class Names {
  constructor(
    private readonly trace: TraceNames,
    readonly words: Words,
  ) {}

  /** Whether a name is one that a snippet may import. */
  isApi(name: string): boolean {
    return this.trace.api?.has(name) === true;
  }

  task(id: number): string {
    const name = this.trace.tasks.get(id)?.name;
    return name ? `${name} (#${id})` : `#${id}`;
  }

  object(id: number | undefined): string {
    if (id === undefined) return "";
    const info = this.trace.objects.get(id);
    return info ? info.name || `${info.objectType} #${id}` : `#${id}`;
  }

  /** Of a condition. */
  mutexOf(id: number | undefined): number | undefined {
    return id === undefined ? undefined : this.trace.objects.get(id)?.mutex;
  }

  /** Site where it was made; 0: not known. */
  madeAt(id: number | undefined): number {
    return (id === undefined ? undefined : this.trace.objects.get(id)?.site) ?? 0;
  }

  lock(lock: HeldLock): string {
    const name = this.object(lock.object);
    if (lock.mode === "read") return this.words.readMode(name);
    return lock.mode === "write" ? this.words.writeMode(name) : name;
  }

  at(site: number): Located {
    const found = site === 0 ? undefined : this.trace.sites[site];
    if (!found) return { file: this.trace.files[0]?.path ?? "", line: 1, column: 1, endLine: 1, endColumn: 1, text: "" };
    const { line, column, endLine, endColumn, text } = found;
    return { file: this.trace.files[found.file]?.path ?? "", line, column, endLine, endColumn, text };
  }

  /** A stack with the names of files as seen from the snippet's folder. */
  stack(text: string): string {
    const folder = /^.*[\\/]/.exec(this.trace.files[0]?.path ?? "")?.[0] ?? "";
    return folder.length > 1 ? text.replaceAll(folder, "") : text;
  }

  /** "counter.ts:3:5" */
  place(site: number): string {
    const { file, line, column } = this.at(site);
    return site === 0 ? this.words.unknownPlace : `${file.replace(/^.*[\\/]/, "")}:${line}:${column}`;
  }

  value(value: TraceValue): string {
    if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    if (typeof value === "bigint") return `${value}n`;
    if (value === absent) return "–";
    if (typeof value === "object" && value !== null) return "object" in value ? this.object(value.object) : "{…}";
    return Object.is(value, -0) ? "-0" : String(value);
  }
}

/** A value as JSON can say it, in the form of `FinalMeta.value`. */
export function jsonValue(value: TraceValue): unknown {
  switch (typeof value) {
    case "bigint":
      return { $bigint: String(value) };
    case "undefined":
    case "symbol":
    case "function":
      return { $undefined: true };
    case "number":
      return Number.isFinite(value) ? value : { $number: String(value) };
    case "object":
      return value === null ? null : "object" in value ? { $object: value.object } : { $more: 1 };
    case "string":
    case "boolean":
      return value;
  }
}

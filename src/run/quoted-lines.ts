import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";

/** A module that runs as compiled code. */
export interface CompiledModule {
  readonly path: string;
  readonly text: string;
  readonly code: string;
  /** Source map as JSON. */
  readonly map: string;
}

/** Node's own words above an error that nothing catches: where, the line, and where in it. */
const QUOTED = /^(\S.*):(\d+)\n(.*)\n([ \t]*)(\^+)$/gm;

/** What Node says when it ends a process for such an error. */
const LAST_WORDS = /^Node\.js v\d/m;
const FRAME = /^ +at (?:.*\()?(\S.*?):(\d+):(\d+)\)?$/gm;

/**
 * What a process writes to standard error of its own accord. Above an error that nothing catches Node quotes the line that it
 * runs: compiled code, or all of a bundle of ours where the engine has thrown in a function that we call for the program. Here
 * it gets the program's own line.
 */
export class ErrorOutput {
  private held = "";
  private readonly ours: RegExp;

  /** @param script the bundle that runs in the program's processes; those beside it are ours, too */
  constructor(private readonly modules: () => Iterable<CompiledModule>, script: string) {
    const folder = dirname(script).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    this.ours = new RegExp(`^${folder}[\\\\/][\\w.-]+\\.js:\\d+\\n`, "m");
  }

  /** Returns what can be told by now. */
  push(text: string): string {
    const all = this.held + text;
    this.held = "";
    // A bundle is longer than what comes at once.
    if (this.ownQuote(all) && !LAST_WORDS.test(all)) {
      this.held = all;
      return "";
    }
    return this.inSourceLines(all);
  }

  /** The process has ended: what is still to be told. */
  end(): string {
    const { held } = this;
    this.held = "";
    return this.inSourceLines(held);
  }

  private ownQuote(text: string): { from: number; to: number } | undefined {
    const from = text.search(this.ours);
    if (from < 0) return undefined;
    // Far to the right, Node leaves out the mark itself.
    const mark = /\n[ \t]*\^*(?=\n)/g;
    mark.lastIndex = from;
    return { from, to: mark.test(text) ? mark.lastIndex : text.length };
  }

  private inSourceLines(text: string): string {
    const own = this.ownQuote(text);
    const rest = own ? text.slice(0, own.from) + this.programsLine(text.slice(own.to)) + text.slice(own.to) : text;
    return inSourceLines(rest, this.modules());
  }

  /** The first place in a stack trace that is the program's, as Node quotes it. */
  private programsLine(trace: string): string {
    for (const [, file, number, column] of trace.matchAll(FRAME)) {
      const path = pathOf(file!);
      const text = path === undefined ? undefined : this.textOf(path);
      const line = text === undefined ? undefined : linesOf(text)[Number(number) - 1];
      if (line !== undefined) return quote(file!, Number(number), line, Number(column) - 1, "^");
    }
    return "";
  }

  private textOf(path: string): string | undefined {
    for (const module of this.modules()) if (module.path === path) return module.text;
    try {
      return path.startsWith("node:") ? undefined : readFileSync(path, "utf8");
    } catch {
      // Evaluated code, or what has gone in the meantime: not to be quoted.
      return undefined;
    }
  }
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/);
}

function quote(file: string, number: number, line: string, column: number, mark: string): string {
  return `${file}:${number}\n${line}\n${line.slice(0, column).replace(/[^\t]/g, " ")}${mark}`;
}

function inSourceLines(text: string, modules: Iterable<CompiledModule>): string {
  return text.replace(QUOTED, (all, file: string, number: string, quoted: string, before: string, mark: string) => {
    const path = pathOf(file);
    for (const module of modules) {
      if (module.path !== path) continue;
      const line = module.code.split("\n")[Number(number) - 1];
      // What stands before the first line of a module is ours.
      if (line === undefined || !(quoted === line || (number === "1" && quoted.endsWith(line)))) continue;
      const column = before.length - (quoted.length - line.length);
      const place = column < 0 ? undefined : originalPositionFor(new TraceMap(module.map), { line: Number(number), column });
      if (!place || place.line === null) continue;
      const own = linesOf(module.text)[place.line - 1];
      if (own !== undefined) return quote(file, place.line, own, place.column, mark);
    }
    return all;
  });
}

function pathOf(file: string): string | undefined {
  if (!file.startsWith("file:")) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return undefined;
  }
}

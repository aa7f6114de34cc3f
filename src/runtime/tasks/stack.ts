import { fileURLToPath } from "node:url";
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";
import { inSourceWords, quotesCompiledCode } from "./source-words";

interface Mapped {
  readonly json: string;
  readonly code: string;
  /** Characters of ours before the code's first line. */
  readonly before: number;
  map?: TraceMap;
}

const maps = new Map<string, Mapped>();

/** Makes the positions of a module's code in stack traces those of its source, and what messages quote of it. `path`: as stack traces name it. */
export function addSourceMap(path: string, json: string, code: string, before = 0): void {
  maps.set(path, { json, code, before });
}

/** Fetches what another thread has compiled for this one. */
let fetchMaps: (() => void) | undefined;

export function fetchMapsBy(fetch: () => void): void {
  fetchMaps = fetch;
}

function mapped(file: string | null | undefined): Mapped | undefined {
  if (file == null) return undefined;
  if (!maps.has(file) && file.startsWith("file:")) fetchMaps?.();
  return maps.get(file);
}

/** Has the error speak of what the student wrote; the place is the first that is the student's. */
function translate(error: unknown, sites: readonly NodeJS.CallSite[]): void {
  // (A DOMException's can't be set.)
  if (!(error instanceof Error) || !Object.hasOwn(error, "message") || !quotesCompiledCode(String(error.message))) return;
  const site = sites.find((frame) => mapped(frame.getFileName()));
  const code = site && mapped(site.getFileName())?.code;
  if (!site || code === undefined) return;
  let offset = 0;
  for (let line = site.getLineNumber() ?? 1; line > 1; line--) offset = code.indexOf("\n", offset) + 1;
  error.message = inSourceWords(error.message, code, offset + (site.getColumnNumber() ?? 1) - 1);
}

/** Before the program looks at what it has caught: the message is translated when the stack is first asked for. */
export function caught(error: unknown): void {
  if (error instanceof Error && quotesCompiledCode(String(error.message))) void error.stack;
}

function original(path: string, line: number, column: number): { line: number; column: number } {
  const entry = mapped(path);
  if (!entry) return { line, column };
  entry.map ??= new TraceMap(entry.json);
  const found = originalPositionFor(entry.map, { line, column: Math.max(0, column - 1 - (line === 1 ? entry.before : 0)) });
  return found.line === null ? { line, column } : { line: found.line, column: found.column + 1 };
}

/** Whether a stack frame is ours, or the inside of Node, and not the student's. */
function internal(site: NodeJS.CallSite): boolean {
  const file = site.getFileName();
  return file === __filename || file === null || file === undefined || file.startsWith("node:internal/");
}

/** Of a stack trace, ours included. */
const FRAMES = 20;

/** As a frame names an operation of Atomics that we have called for the program: it has called it as a method. */
function nameOf(site: NodeJS.CallSite, caller: NodeJS.CallSite | undefined): string {
  const name = site.getFunctionName();
  const ours = name !== null && site.getFileName() == null && Object.hasOwn(Atomics, name) && caller?.getFileName() === __filename;
  return ours ? String(site).replace(/^(Object\.)?(?=\w+ \()/, "Atomics.") : String(site);
}

/**
 * Stack traces show the student's own lines and columns, and no frame of ours. A program that sets its own
 * `Error.prepareStackTrace` still has its way.
 */
export function installStackTraces(plain = false): void {
  // Some frames are ours, and are left out.
  if (!plain) Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error, sites) => {
    translate(error, sites);
    // As the engine does: not the error's own toString, and console.trace's is no Error at all.
    const lines = [Error.prototype.toString.call(error)];
    // A plain program sees what it sees in Node.
    const kept = sites.filter((site) => (plain ? site.getFileName() !== __filename : !internal(site)));
    // What called the student's code is Node's own way of starting a program.
    while (!plain && kept.length > 0 && kept[kept.length - 1]!.getFileName()?.startsWith("node:")) kept.pop();
    for (const site of kept) {
      const file = site.getFileName() ?? "";
      const line = site.getLineNumber() ?? 0;
      const column = site.getColumnNumber() ?? 0;
      const mapped = original(file, line, column);
      lines.push(`    at ${(plain ? nameOf(site, sites[sites.indexOf(site) + 1]) : String(site)).replace(`${file}:${line}:${column}`, `${file}:${mapped.line}:${mapped.column}`)}`);
    }
    return lines.join("\n");
  };
}

/** The first of the student's places in a stack trace. */
export function placeOf(stack: string): { file: string; line: number; column: number } | undefined {
  for (const line of stack.split("\n")) {
    const match = /^\s+at (?:.*\()?(.*?):(\d+):(\d+)\)?$/.exec(line);
    const file = match?.[1];
    if (match && mapped(file)) return { file: file!.startsWith("file:") ? fileURLToPath(file!) : file!, line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

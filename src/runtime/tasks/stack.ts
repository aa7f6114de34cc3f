import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";

interface Mapped {
  readonly json: string;
  map?: TraceMap;
}

const maps = new Map<string, Mapped>();

/** Makes the positions of a module's code in stack traces those of its source. */
export function addSourceMap(path: string, json: string): void {
  maps.set(path, { json });
}

function original(path: string, line: number, column: number): { line: number; column: number } {
  const entry = maps.get(path);
  if (!entry) return { line, column };
  entry.map ??= new TraceMap(entry.json);
  const found = originalPositionFor(entry.map, { line, column: column - 1 });
  return found.line === null ? { line, column } : { line: found.line, column: found.column + 1 };
}

/** Whether a stack frame is ours, or the inside of Node, and not the student's. */
function internal(site: NodeJS.CallSite): boolean {
  const file = site.getFileName();
  return file === __filename || file === null || file === undefined || file.startsWith("node:internal/");
}

/**
 * Stack traces show the student's own lines and columns, and no frame of ours. A program that sets its own
 * `Error.prepareStackTrace` still has its way.
 */
export function installStackTraces(plain = false): void {
  Error.prepareStackTrace = (error, sites) => {
    const lines = [String(error)];
    // A plain program sees what it sees in Node.
    const kept = sites.filter((site) => (plain ? site.getFileName() !== __filename : !internal(site)));
    // What called the student's code is Node's own way of starting a program.
    while (!plain && kept.length > 0 && kept[kept.length - 1]!.getFileName()?.startsWith("node:")) kept.pop();
    for (const site of kept) {
      const file = site.getFileName() ?? "";
      const line = site.getLineNumber() ?? 0;
      const column = site.getColumnNumber() ?? 0;
      const mapped = original(file, line, column);
      lines.push(`    at ${String(site).replace(`${file}:${line}:${column}`, `${file}:${mapped.line}:${mapped.column}`)}`);
    }
    return lines.join("\n");
  };
}

/** The first of the student's places in a stack trace. */
export function placeOf(stack: string): { file: string; line: number; column: number } | undefined {
  for (const line of stack.split("\n")) {
    const match = /^\s+at (?:.*\()?(.*?):(\d+):(\d+)\)?$/.exec(line);
    if (match && maps.has(match[1]!)) return { file: match[1]!, line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

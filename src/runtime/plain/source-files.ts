import { readFileSync } from "node:fs";
import { dirname, extname, join, sep } from "node:path";
import { MAX_TASKS } from "../../sync";
import { RequestCode, requestFrame, type CompileBody, type CompileResult, type Frame } from "../../wire";
import type { HostPort } from "../tasks/host-port";

/** Where code that Node compiles itself finds `$cp`. */
export const CP_KEY = "concurrency-playground.$cp";
/** Set in the thread of Node's loader of modules, where nothing else of ours is to run. */
export const HOOKS_KEY = "concurrency-playground.hooks";
export const PREFIX = `const $cp = globalThis[Symbol.for(${JSON.stringify(CP_KEY)})];`;
export const OWN_EXTENSIONS = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"];
/** TypeScript lets an import name the file that it would be compiled to. */
const SOURCE_OF: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

const encoder = new TextEncoder();

/** The number under which the loader's thread of a task asks the supervisor. It is no task: it runs nothing of the program's. */
export function hooksOf(task: number): number {
  return MAX_TASKS - 1 - task;
}

/** Asks the supervisor for the recording form of modules; blocks until it is there. */
export class Compiler {
  constructor(
    private readonly task: number,
    private readonly write: (frame: Uint8Array) => void,
    private readonly host: HostPort,
  ) {}

  compile(path: string, text: string, format: CompileBody["format"]): CompileResult {
    const body: CompileBody = { path, format };
    this.write(requestFrame(this.task, RequestCode.Compile, body, encoder.encode(text)));
    return (this.host.next() as Frame).body as CompileResult;
  }
}

/** The program's own files, and packages that touch shared memory. */
export function isWanted(filename: string, text: string): boolean {
  return !filename.includes(`${sep}node_modules${sep}`) || /\b(?:SharedArrayBuffer|Atomics)\b/.test(text);
}

/** Where TypeScript's source may be of what an import names: "./a.js" is "./a.ts", "./a" is "./a.ts". */
export function sourceOf(request: string): string[] {
  if (!/^(\.\.?\/|\/|file:)/.test(request)) return [];
  const extension = extname(request);
  const source = SOURCE_OF[extension];
  return source === undefined ? [".ts", ".mts", ".cts"].map((e) => request + e) : [request.slice(0, -extension.length) + source];
}

/** What a file's name and package say that it is; undefined where only its text can tell. */
export function formatOf(path: string): "module" | "commonjs" | undefined {
  const extension = extname(path);
  if (extension === ".mjs" || extension === ".mts") return "module";
  if (extension === ".cjs" || extension === ".cts") return "commonjs";
  if (extension !== ".js" && extension !== ".ts") return "commonjs";
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    let text: string;
    try {
      text = readFileSync(join(folder, "package.json"), "utf8");
    } catch {
      if (folder === dirname(folder)) return undefined;
      continue;
    }
    const { type } = JSON.parse(text) as { type?: unknown };
    return type === "module" || type === "commonjs" ? type : undefined;
  }
}

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { Header } from "../../sync";
import { HostPort } from "../tasks/host-port";
import { PipeSink, usePipes, type Pipes } from "../tasks/sink";
import { Compiler, OWN_EXTENSIONS, PREFIX, formatOf, hooksOf, isWanted, sourceOf } from "./source-files";

/** What the thread of Node's loader is given. */
export interface HooksData {
  readonly arena: SharedArrayBuffer;
  /** To the process's host. */
  readonly port: MessagePort;
  readonly task: number;
  readonly pipes: Pipes;
  /** Gives the thread what it needs to know of compiled modules. */
  readonly sources: MessagePort;
}

/** URL, source map and code of a module. */
export type CompiledSource = readonly [url: string, map: string, code: string];

type Next<C, R> = (specifier: string, context: C) => Promise<R>;
interface LoadContext {
  readonly format?: string | null;
}
interface Loaded {
  readonly format: string | null | undefined;
  readonly source?: string | null;
  readonly shortCircuit?: boolean;
}

let compiler: Compiler | undefined;
let compiled: MessagePort | undefined;

// Node calls these by their names (module.register).

export function initialize({ arena, port, task, pipes, sources }: HooksData): void {
  compiled = sources;
  usePipes(pipes);
  const words = new Int32Array(arena);
  const own = hooksOf(task);
  const sink = new PipeSink(words, Header.PipeGuard, own + 1, undefined);
  compiler = new Compiler(own, (frame) => sink.write(frame), new HostPort(port, words, own));
}

export async function resolve<C, R>(specifier: string, context: C, next: Next<C, R>): Promise<R> {
  try {
    return await next(specifier, context);
  } catch (error) {
    for (const source of sourceOf(specifier)) {
      try {
        return await next(source, context);
      } catch {
        // Not there either: what Node said first is told.
      }
    }
    throw error;
  }
}

export async function load(url: string, context: LoadContext, next: Next<LoadContext, Loaded>): Promise<Loaded> {
  if (!url.startsWith("file:") || !compiler) return next(url, context);
  const path = fileURLToPath(url);
  if (!OWN_EXTENSIONS.includes(extname(path)) || context.format === "commonjs") return next(url, context);
  const text = readFileSync(path, "utf8");
  const own = isWanted(path, text);
  const format = formatOf(path);
  if (!own || format === "commonjs") return extname(path) === ".cts" ? { format: "commonjs", shortCircuit: true } : next(url, context);
  const { code, map, esm } = compiler.compile(path, text, "module");
  if (format !== "module" && !esm) return extname(path) === ".ts" ? { format: "commonjs", shortCircuit: true } : next(url, context);
  if (code === null) return next(url, context);
  const source = PREFIX + code;
  compiled?.postMessage([url, map, source] satisfies CompiledSource);
  return { format: "module", source, shortCircuit: true };
}

import { compilePlainModule } from "../instrument";
import { TraceWriter } from "../trace";
import type { CompileBody, CompileResult } from "../wire";
import type { CompiledModule } from "./quoted-lines";

const AS_IT_IS: CompileResult = { code: null, map: "", async: false, esm: false };

/** Compiles what a plain program loads while it runs, each module once, and tells the trace of its sites. */
export class PlainModules {
  private readonly results = new Map<string, CompileResult>();
  /** All that runs as compiled code. */
  readonly compiled: CompiledModule[] = [];
  /** Numbers of the files that the trace knows, by path and text. */
  private readonly files = new Map<string, number>();
  /** The next site; 0 is "no site". */
  private sites = 1;

  constructor(main: { readonly path: string; readonly text: string }, private readonly onTrace: (chunk: Uint8Array) => void) {
    // The header has it.
    this.files.set(keyOf(main.path, main.text), 0);
  }

  compile({ path, format }: CompileBody, text: string): CompileResult {
    const key = `${format}\n${keyOf(path, text)}`;
    let result = this.results.get(key);
    if (!result) this.results.set(key, (result = this.make(path, format, text)));
    return result;
  }

  private make(path: string, format: CompileBody["format"], text: string): CompileResult {
    const key = keyOf(path, text);
    const known = this.files.get(key);
    const number = known ?? this.files.size;
    const module = compilePlainModule({ path, text, format, firstFile: number, firstSite: this.sites });
    if (!module) return AS_IT_IS;
    this.files.set(key, number);
    const { file, sites, code, map, async, esm } = module;
    const writer = new TraceWriter();
    writer.meta({ type: "sites", firstFile: number, files: known === undefined ? [file] : [], first: this.sites, sites });
    // Before any event that refers to them.
    this.onTrace(writer.take());
    this.sites += sites.length;
    this.compiled.push({ path, text, code, map });
    return { code, map, async, esm };
  }
}

function keyOf(path: string, text: string): string {
  return `${path}\n${text}`;
}

import { compilePlainModule, type CompiledModule, type CompiledSnippet } from "../instrument";
import { TraceWriter } from "../trace";
import type { CompileBody, CompileResult } from "../wire";

const AS_IT_IS: CompileResult = { code: null, map: "", async: false, imports: {} };

/** Compiles what a plain program loads while it runs, each module once, and tells the trace of its sites. */
export class PlainModules {
  private readonly results = new Map<string, CompileResult>();
  private files: number;
  private sites: number;

  constructor(
    private readonly compiled: CompiledSnippet,
    private readonly onTrace: (chunk: Uint8Array) => void,
  ) {
    this.files = compiled.files.length;
    this.sites = compiled.sites.length;
  }

  compile({ path, format }: CompileBody, text: string): CompileResult {
    const known = format === "script" ? this.fromSnippet(path, text) : undefined;
    if (known) return known;
    const key = `${format}\n${path}\n${text}`;
    let result = this.results.get(key);
    if (!result) this.results.set(key, (result = this.make(path, format, text)));
    return result;
  }

  /** The program's own file and what it imports were compiled before it began. */
  private fromSnippet(path: string, text: string): CompileResult | undefined {
    const { compiled } = this;
    const module = compiled.entries.main?.modules.find((m) => m.path === path);
    if (!module || compiled.files.find((file) => file.path === path)?.text !== text) return undefined;
    return { code: module.code, map: module.map, async: module.async, imports: this.pathsOf(module) };
  }

  private pathsOf({ imports }: CompiledModule): Record<string, string> {
    const modules = this.compiled.entries.main?.modules ?? [];
    const paths: Record<string, string> = {};
    for (const [specifier, id] of Object.entries(imports)) {
      const target = modules.find((m) => m.id === id);
      if (target) paths[specifier] = target.path;
    }
    return paths;
  }

  private make(path: string, format: CompileBody["format"], text: string): CompileResult {
    const module = compilePlainModule({ path, text, format, firstFile: this.files, firstSite: this.sites });
    if (!module) return AS_IT_IS;
    const { file, sites, code, map, async } = module;
    const writer = new TraceWriter();
    writer.meta({ type: "sites", firstFile: this.files, files: [file], first: this.sites, sites });
    // Before any event that refers to them.
    this.onTrace(writer.take());
    this.files++;
    this.sites += sites.length;
    return { code, map, async, imports: {} };
  }
}

import * as path from "node:path";
import type { Diagnostic, DiagnosticFix, Guard, SourceFile } from "../trace";
import { API_MODULE, API_TYPES, API_VALUES } from "./api-names";
import type { Binding, t } from "./babel";
import { sharedVariables, type SharedVariable } from "./cells";
import { guardsOf, keyOf } from "./guards";
import { importedName, Linker, requiredModule, type Target } from "./link";
import { type MessageCode, Words } from "./messages";
import { rename } from "./fixes";
import type { Module } from "./module";
import { writtenName } from "./names";
import { packageImports, parseModule, SnippetSyntaxError } from "./parse";
import { missingPackage, type ReadFile, resolveImport, wantsLegacyDecorators } from "./resolve";
import { SiteTable } from "./sites";
import { CompileError } from "./types";
import { walk } from "./walk";

/** All modules of a snippet, linked. */
export class Program {
  readonly files: SourceFile[] = [];
  readonly sites: SiteTable;
  readonly linker = new Linker();
  readonly diagnostics: Diagnostic[] = [];
  readonly words: Words;
  /** In the order in which they are evaluated; the snippet itself is the last of those that are not lazy. */
  readonly modules: Module[] = [];
  /** Modules that run only when require() or import() asks for them. */
  readonly lazy = new Set<Module>();
  readonly main: Module;
  private readonly byPath = new Map<string, Module | undefined>();
  private readonly shared = new Map<Module, Map<Binding, SharedVariable>>();
  private readonly guards = new Map<Module, ReadonlyMap<string, Guard>>();
  private readonly readFile: ReadFile;

  /**
   * Throws CompileError. `alone`: a single module, whose imports Node resolves and loads; its file and sites are numbered from there on.
   */
  constructor(private readonly options: { file: string; text?: string; locale?: string; readFile: ReadFile; alone?: { readonly firstFile: number; readonly firstSite: number } }) {
    this.words = new Words(options.locale);
    this.readFile = options.readFile;
    this.sites = new SiteTable(options.alone?.firstSite);
    const file = path.resolve(options.file);
    const main = this.load(file, options.text ?? options.readFile(file));
    if (!main || this.diagnostics.some((d) => d.severity === "error")) throw new CompileError(this.inOrder());
    this.main = main;
    this.orderModules();
    for (const module of this.modules) {
      this.shared.set(module, sharedVariables(module, this.linker));
      this.guards.set(module, guardsOf(module));
    }
  }

  /** The snippet's own errors first, each file's from top to bottom. */
  private inOrder(): Diagnostic[] {
    const order = new Map(this.files.map(({ path: file }, i) => [file, i]));
    return [...this.diagnostics].sort((a, b) => order.get(a.file)! - order.get(b.file)! || a.line - b.line || a.column - b.column);
  }

  /** Whether there may be shared Maps and Sets: none in a plain Node program. */
  get shares(): boolean {
    return this.options.alone === undefined;
  }

  /** Whether there may be typed arrays in a segment, whose `buffer` no constructor of the engine's takes. */
  get usesSegment(): boolean {
    return this.files.some(({ text }) => text.includes("sharedMemory"));
  }

  /** The shared variable that a name or a dotted expression stands for, in whichever module it is declared. */
  sharedVariable(module: Module, expression: t.Node): SharedVariable | undefined {
    const binding = expression.type === "Identifier" ? module.bindings.get(expression) : undefined;
    const local = binding && this.shared.get(module)?.get(binding);
    if (local) return local;
    if (binding ? binding.scope !== module.scope : expression.type === "Identifier") return undefined;
    const target = this.linker.ofExpression(module, expression);
    return target?.kind === "variable" && target.module !== module ? this.ofTarget(target) : undefined;
  }

  private ofTarget(target: Extract<Target, { kind: "variable" }>): SharedVariable | undefined {
    const binding = target.module.scope.getOwnBinding(target.name);
    return binding && this.shared.get(target.module)?.get(binding);
  }

  isCell(module: Module, expression: t.Node): boolean {
    return this.sharedVariable(module, expression)?.cell ?? false;
  }

  site(module: Module, node: t.Node, name?: string): number {
    const at = keyOf(node);
    return this.sites.of(module.file, module.text, node, name && writtenName(module.text, name), at === undefined ? undefined : this.guards.get(module)?.get(at));
  }

  report(module: Module, node: t.Node, code: MessageCode, severity: Diagnostic["severity"], ...args: string[]): void {
    this.reportWithFix(module, node, code, severity, undefined, ...args);
  }

  reportWithFix(module: Module, node: t.Node, code: MessageCode, severity: Diagnostic["severity"], fix: DiagnosticFix | undefined, ...args: string[]): void {
    const { loc } = node;
    const diagnostic: Diagnostic = {
      file: module.path,
      line: loc?.start.line ?? 1,
      column: (loc?.start.column ?? 0) + 1,
      ...(loc ? { endLine: loc.end.line, endColumn: loc.end.column + 1 } : {}),
      code,
      message: this.words.message(code, ...args.map((arg) => writtenName(module.text, arg))),
      severity,
      ...(fix ? { fix } : {}),
    };
    const same = (d: Diagnostic): boolean =>
      d.code === code && d.file === diagnostic.file && d.line === diagnostic.line && d.column === diagnostic.column;
    if (!this.diagnostics.some(same)) this.diagnostics.push(diagnostic);
  }

  /** Undefined for a module with syntax errors: those of the others are told as well. */
  private load(file: string, text: string): Module | undefined {
    if (this.byPath.has(file)) return this.byPath.get(file);
    const number = (this.options.alone?.firstFile ?? 0) + this.files.length;
    this.files.push({ path: file, text });
    const module = this.parse(file, text, number);
    this.byPath.set(file, module);
    if (!module || this.options.alone) return module;
    for (const { specifier, node } of module.requests) {
      const found = resolveImport(file, specifier, this.readFile);
      const imported = found && this.load(found.path, found.text);
      if (imported) module.imports.set(specifier, imported);
      else if (!found) this.report(module, node, "unresolved-import", "error", specifier);
    }
    for (const source of packageImports(module.program)) {
      const missing = missingPackage(file, source.value);
      if (missing) this.report(module, source, `missing-${missing}`, "error", source.value);
    }
    return module;
  }

  private parse(file: string, text: string, number: number): Module | undefined {
    const unknown: { node: t.Node; name: string }[] = [];
    try {
      const module = parseModule({
        id: `m${number}`,
        file: number,
        path: file,
        text,
        legacyDecorators: wantsLegacyDecorators(file, this.readFile),
        inspect: (program) => void unknown.push(...unknownImports(program)),
      });
      for (const { node, name } of unknown) {
        const right = suggestionFor(name);
        const fix = right === undefined ? undefined : rename(module, node, right);
        this.reportWithFix(module, node, "unknown-import", "error", fix, name, right === undefined ? "" : this.words.word("suggestion", right));
      }
      return module;
    } catch (error) {
      if (!(error instanceof SnippetSyntaxError)) throw error;
      for (const { message, line, column } of error.all) {
        this.diagnostics.push({ file, line, column, code: "syntax", message: this.words.message("syntax", message), severity: "error" });
      }
      return undefined;
    }
  }

  private orderModules(): void {
    const seen = new Set<Module>();
    const visit = (module: Module, lazy: boolean): void => {
      if (seen.has(module)) return;
      seen.add(module);
      if (lazy) this.lazy.add(module);
      for (const request of module.requests) {
        const own = module.imports.get(request.specifier);
        if (own && !request.lazy) visit(own, lazy);
      }
      for (const request of module.requests) {
        const own = module.imports.get(request.specifier);
        if (own && request.lazy) later.push(own);
      }
      this.modules.push(module);
    };
    const later: Module[] = [];
    visit(this.main, false);
    for (let module = later.shift(); module; module = later.shift()) visit(module, true);
    // What is evaluated first stands first; the snippet is last.
    const lazy = this.modules.filter((m) => this.lazy.has(m));
    this.modules.splice(0, this.modules.length, ...lazy, ...this.modules.filter((m) => !this.lazy.has(m)));
  }
}

function unknownImports(program: t.Program): { node: t.Node; name: string }[] {
  const found: { node: t.Node; name: string }[] = [];
  const check = (node: t.Node, name: string): void => {
    if (!API_VALUES.has(name) && !API_TYPES.has(name)) found.push({ node, name });
  };
  walk(program, (node) => {
    switch (node.type) {
      case "ImportDeclaration":
        if (node.source.value !== API_MODULE) return false;
        for (const s of node.specifiers) if (s.type === "ImportSpecifier") check(s, importedName(s));
        return false;
      case "ExportNamedDeclaration":
        if (node.source?.value !== API_MODULE) return true;
        for (const s of node.specifiers) if (s.type === "ExportSpecifier") check(s, s.local.name);
        return false;
      case "VariableDeclarator":
        if (requiredModule(node.init) !== API_MODULE || node.id.type !== "ObjectPattern") return true;
        for (const p of node.id.properties) {
          if (p.type === "ObjectProperty" && !p.computed && p.key.type === "Identifier") check(p, p.key.name);
        }
        return true;
      default:
        return true;
    }
  });
  return found;
}

function suggestionFor(name: string): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const candidate of API_VALUES) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's edit distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

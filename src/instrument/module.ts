import type { Binding, Scope, t } from "./babel";

export type ModuleKind = "esm" | "cjs" | "json";

/**
 * The smallest part of a module that a task's entry takes or leaves: one declaration, one import or export
 * specifier, or a statement that declares nothing ("effect", main's alone).
 */
export interface Item {
  readonly kind: "variable" | "function" | "class" | "import" | "reexport" | "star" | "default" | "namespace" | "effect";
  /** The module-level names that it declares. */
  readonly names: readonly string[];
  readonly node: t.Node;
  readonly statement: t.Statement;
}

/** A module after the first pass: plain JavaScript as a tree, with its names resolved. */
export interface Module {
  readonly id: string;
  /** Index into the snippet's files. */
  readonly file: number;
  readonly path: string;
  readonly text: string;
  readonly kind: ModuleKind;
  readonly program: t.Program;
  readonly scope: Scope;
  /** What each identifier that refers to, declares or assigns a variable means. */
  readonly bindings: ReadonlyMap<t.Node, Binding>;
  readonly items: readonly Item[];
  readonly itemsByName: ReadonlyMap<string, readonly Item[]>;
  readonly exports: ReadonlyMap<string, ModuleExport>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
  readonly usesAwait: boolean;
  readonly legacyDecorators: boolean;
  /** Own modules by specifier, set when all are read. */
  readonly imports: Map<string, Module>;
  /** Specifiers of own modules in order of evaluation; `lazy` ones by require() and import() are evaluated when asked for. */
  readonly requests: readonly { readonly specifier: string; readonly lazy: boolean; readonly node: t.Node }[];
}

export type ModuleExport =
  | { readonly kind: "local"; readonly name: string }
  | { readonly kind: "default"; readonly item: Item }
  | { readonly kind: "from"; readonly specifier: string; readonly name: string; readonly item: Item }
  | { readonly kind: "namespace"; readonly specifier: string; readonly item: Item };

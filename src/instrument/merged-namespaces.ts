import { babel, type NodePath, type t } from "./babel";
import { isOnlyName, isTypeOnly } from "./names";

/** One block of a namespace. */
interface Block {
  readonly name: string;
  /** What other blocks of the same namespace export: seen here by its bare name, too. */
  readonly merged: ReadonlySet<string>;
  /** What the block declares itself. */
  readonly own: ReadonlySet<string>;
}

/** What one declaration exports into a namespace. */
interface Part {
  readonly node: t.Node;
  readonly exports: readonly string[];
}

type Namespace = t.TSModuleDeclaration & { readonly id: t.Identifier; readonly body: t.TSModuleBlock };

/**
 * Several blocks of one namespace see each other's exports by their bare names, and so those of an enum of the same name. Babel makes a
 * function of each block, in which only the block's own names are known: the others' become `Namespace.name`, as in TypeScript's own output.
 */
export function mergeNamespaces(program: NodePath<t.Program>): void {
  if (!nestDotted(program.node)) return;
  const parts = new Map<string, Part[]>();
  eachDeclaration(program.node.body, "", (key, node, exports) => parts.set(key, [...(parts.get(key) ?? []), { node, exports }]));
  const blocks = new Map<t.Node, Block>();
  eachDeclaration(program.node.body, "", (key, node) => {
    if (!isNamespace(node)) return;
    const own = new Set(node.body.body.flatMap((statement) => namesOf(declarationIn(statement))));
    const others = parts.get(key)!.filter((part) => part.node !== node);
    blocks.set(node.body, { name: node.id.name, own, merged: new Set(others.flatMap(({ exports }) => exports)) });
  });
  if (![...blocks.values()].some(({ merged }) => merged.size > 0)) return;
  program.scope.crawl();
  qualify(program, blocks);
}

/** `namespace A.B {…}` is `namespace A { export namespace B {…} }`. Whether there are any namespaces. */
function nestDotted(program: t.Program): boolean {
  const { t } = babel();
  let any = false;
  t.traverseFast(program, (node) => {
    if (node.type !== "TSModuleDeclaration" || node.declare) return;
    any = true;
    const { body } = node;
    if (body.type === "TSModuleDeclaration") node.body = t.inherits(t.tsModuleBlock([t.inherits(t.exportNamedDeclaration(body), body)]), body);
  });
  return any;
}

/** Namespaces and enums, with a key that those of one meaning have in common. */
function eachDeclaration(statements: readonly t.Statement[], outer: string, found: (key: string, node: t.Node, exports: readonly string[]) => void): void {
  for (const statement of statements) {
    const node = declarationIn(statement);
    if (node?.type === "TSEnumDeclaration" && !node.declare) found(outer + node.id.name, node, node.members.map(nameOfMember));
    if (!isNamespace(node)) continue;
    // What a block keeps to itself is another than what the next one does.
    const key = outer === "" || statement.type === "ExportNamedDeclaration" ? outer + node.id.name : `${outer}${statement.start}:${node.id.name}`;
    found(key, node, node.body.body.flatMap((inner) => (inner.type === "ExportNamedDeclaration" ? namesOf(inner.declaration) : [])));
    eachDeclaration(node.body.body, `${key}.`, found);
  }
}

function isNamespace(node: t.Node | null | undefined): node is Namespace {
  return node?.type === "TSModuleDeclaration" && !node.declare && node.id.type === "Identifier" && node.body.type === "TSModuleBlock";
}

function declarationIn(statement: t.Statement): t.Node | null | undefined {
  return statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
}

function nameOfMember({ id }: t.TSEnumMember): string {
  return id.type === "Identifier" ? id.name : id.value;
}

/** The values that a declaration gives names to. */
function namesOf(node: t.Node | null | undefined): string[] {
  switch (node?.type) {
    case "VariableDeclaration":
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return Object.keys(babel().t.getBindingIdentifiers(node, false, true));
    case "TSEnumDeclaration":
    case "TSImportEqualsDeclaration":
      return [node.id.name];
    case "TSModuleDeclaration":
      return isNamespace(node) ? [node.id.name] : [];
    default:
      return [];
  }
}

function qualify(program: NodePath<t.Program>, blocks: ReadonlyMap<t.Node, Block>): void {
  const { t } = babel();
  program.traverse({
    enter(path) {
      if (isTypeOnly(path.node)) path.skip();
    },
    Identifier(path) {
      const namespace = isOnlyName(path) ? undefined : namespaceOf(path, blocks);
      if (namespace === undefined) return;
      if (path.parent.type === "ObjectProperty") path.parent.shorthand = false;
      path.replaceWith(t.inherits(t.memberExpression(t.identifier(namespace), t.identifier(path.node.name)), path.node));
      path.skip();
    },
  });
}

/** The namespace in another block of which an identifier is declared. */
function namespaceOf({ node: { name }, scope, parentPath }: NodePath<t.Identifier>, blocks: ReadonlyMap<t.Node, Block>): string | undefined {
  for (let path: NodePath | null = parentPath; path; path = path.parentPath) {
    const block = blocks.get(path.node);
    if (block?.own.has(name)) return undefined;
    if (block?.merged.has(name)) return block.name;
    if (path.node.type === "TSEnumDeclaration" && path.node.members.some((member) => nameOfMember(member) === name)) return undefined;
    if (!block && path.scope !== scope.getProgramParent() && path.node === path.scope.block && path.scope.hasOwnBinding(name)) return undefined;
  }
  return undefined;
}

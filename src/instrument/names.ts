import { babel, type NodePath, type t } from "./babel";

/** What compiled code calls the recording runtime. */
export const RUNTIME = "$cp";

/** A name that a program does not use: with as many underscores as that takes. */
export function freeName(text: string, name: string): string {
  let free = name;
  while (text.includes(free)) free += "_";
  return free;
}

/** A name, or several in one, as the program writes it, which may have had to get another. */
export function writtenName(text: string, name: string): string {
  return name.includes(RUNTIME) ? name.replaceAll(freeName(text, RUNTIME), RUNTIME) : name;
}

/** Gives other names to what the program itself calls as compiled code calls the runtime. */
export function makeWay(program: NodePath<t.Program>, text: string): void {
  const free = freeName(text, RUNTIME);
  if (free === RUNTIME) return;
  const { t } = babel();
  program.traverse({
    Identifier(path) {
      const assigned = path.parent.type === "AssignmentExpression" && path.key === "left";
      const used: boolean = assigned || path.isReferencedIdentifier();
      if (path.node.name !== RUNTIME || !used || path.scope.hasBinding(RUNTIME)) return;
      path.replaceWith(t.inherits(t.memberExpression(t.identifier("globalThis"), t.identifier(RUNTIME)), path.node));
      path.skip();
    },
  });
  program.scope.rename(RUNTIME, free);
  program.traverse({
    Scope({ scope }) {
      if (scope.hasOwnBinding(RUNTIME)) scope.rename(RUNTIME, free);
    },
  });
  program.scope.crawl();
}

/** Whether an identifier is only a name: a property's, a label, the outside name of an import or export. */
export function isOnlyName({ parent, key }: NodePath<t.Identifier>): boolean {
  switch (parent.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      return key === "property" && !parent.computed;
    case "ObjectProperty":
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassProperty":
    case "ClassAccessorProperty":
      return key === "key" && !parent.computed;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
    case "PrivateName":
      return true;
    case "ExportSpecifier":
    case "ExportNamespaceSpecifier":
      return key === "exported";
    case "TSEnumMember":
      return key === "id";
    case "ImportSpecifier":
      return key === "imported";
    default:
      return false;
  }
}

/** Whether what is below a node are types: no values, and no names of such. */
export function isTypeOnly(node: t.Node): boolean {
  switch (node.type) {
    case "TSTypeAnnotation":
    case "TSTypeParameterInstantiation":
    case "TSTypeParameterDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSExpressionWithTypeArguments":
      return true;
    default:
      return babel().t.isTSType(node);
  }
}

import { babel, type t } from "./babel";
import { walk } from "./walk";

/**
 * Babel compiles no `export let` in a TypeScript namespace. It becomes a local variable and an accessor of the
 * namespace object, which is what TypeScript's own output amounts to. Constants that `shared()` initialises
 * likewise, as they are variables too.
 */
export function exportNamespaceVariables(program: t.Program): void {
  walk(program, (node) => {
    if (node.type !== "TSModuleDeclaration" || node.declare || node.body.type !== "TSModuleBlock" || node.id.type !== "Identifier") return;
    const { id, body } = node;
    body.body = body.body.flatMap((statement) => {
      if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") return [statement];
      const { declaration } = statement;
      if (declaration.declare || (declaration.kind === "const" && !declaration.declarations.some((d) => d.init && isCall(d.init)))) return [statement];
      return [declaration, ...Object.keys(babel().t.getBindingIdentifiers(declaration)).map((name) => accessor(id.name, name, declaration.kind !== "const"))];
    });
  });
}

function isCall(node: t.Expression): boolean {
  return node.type === "CallExpression" || ("expression" in node && typeof node.expression === "object" && isCall(node.expression as t.Expression));
}

function accessor(namespace: string, name: string, writable: boolean): t.Statement {
  const { t } = babel();
  const variable = t.identifier(name);
  const value = t.identifier("value");
  return t.expressionStatement(
    t.callExpression(t.memberExpression(t.identifier("Object"), t.identifier("defineProperty")), [
      t.identifier(namespace),
      t.stringLiteral(name),
      t.objectExpression([
        t.objectProperty(t.identifier("get"), t.arrowFunctionExpression([], variable)),
        ...(writable
          ? [t.objectProperty(t.identifier("set"), t.arrowFunctionExpression([value], t.assignmentExpression("=", t.identifier(name), value)))]
          : []),
        t.objectProperty(t.identifier("enumerable"), t.booleanLiteral(true)),
        t.objectProperty(t.identifier("configurable"), t.booleanLiteral(true)),
      ]),
    ]),
  );
}

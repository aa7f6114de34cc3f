import { babel, type t } from "./babel";

/**
 * `accessor x = 1` as a private field with a getter and a setter, which is what TypeScript makes of it: Babel's legacy decorators do not
 * know it. Decorators stay with the getter, so that they get the descriptor of both.
 */
export function compileAccessors(program: t.Program): void {
  const { t } = babel();
  t.traverseFast(program, (node) => {
    if (node.type !== "ClassDeclaration" && node.type !== "ClassExpression") return;
    let count = 0;
    node.body.body = node.body.body.flatMap((member) => (member.type === "ClassAccessorProperty" ? parts(member, `$accessor${++count}`, node.id?.name) : [member]));
  });
}

type Part = t.ClassBody["body"][number];

function parts(accessor: t.ClassAccessorProperty, storage: string, className: string | undefined): Part[] {
  const { t } = babel();
  const { key, value, decorators } = accessor;
  const isStatic = accessor.static === true;
  const computed = accessor.computed === true;
  const at = <N extends t.Node>(node: N): N => Object.assign(node, { loc: accessor.loc, start: accessor.start, end: accessor.end });
  // Through a class that extends this one, too, there is only the field of this one.
  const place = (): t.MemberExpression => t.memberExpression(isStatic && className !== undefined ? t.identifier(className) : t.thisExpression(), t.privateName(t.identifier(storage)));
  const parameter = t.identifier("value");
  const bodies = {
    get: t.blockStatement([t.returnStatement(place())]),
    set: t.blockStatement([t.expressionStatement(t.assignmentExpression("=", place(), t.identifier("value")))]),
  };
  const method = (kind: "get" | "set"): Part => {
    const params = kind === "set" ? [parameter] : [];
    return at(key.type === "PrivateName" ? t.classPrivateMethod(kind, t.cloneNode(key), params, bodies[kind], isStatic) : t.classMethod(kind, t.cloneNode(key), params, bodies[kind], computed, isStatic));
  };
  const getter = method("get");
  if (decorators) Object.assign(getter, { decorators });
  return [at(t.classPrivateProperty(t.privateName(t.identifier(storage)), value ?? null, [], isStatic)), getter, method("set")];
}

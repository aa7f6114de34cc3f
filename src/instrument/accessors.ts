import { babel, type NodePath, type t } from "./babel";

/**
 * `accessor x = 1` as a private field with a getter and a setter, which is what TypeScript makes of it: Babel's legacy decorators do not
 * know it. Decorators stay with the getter, so that they get the descriptor of both.
 */
export function compileAccessors(program: NodePath<t.Program>): void {
  program.scope.crawl();
  program.traverse({
    Class(path) {
      const { node } = path;
      let count = 0;
      node.body.body = node.body.body.flatMap((member) => {
        if (member.type !== "ClassAccessorProperty") return [member];
        const keep = member.computed === true && !babel().t.isLiteral(member.key) ? temporaryAround(path) : undefined;
        return parts(member, `$accessor${++count}`, node.id?.name, keep);
      });
    },
  });
}

/** A variable of the function around a class; a parameter's default value does not see those of its own function. */
function temporaryAround(path: NodePath): t.Identifier {
  const id = path.scope.generateUidIdentifier("key");
  let outer = path;
  for (let at = path; at.parentPath; at = at.parentPath) if (at.listKey === "params") outer = at.parentPath;
  outer.scope.parent.push({ id, kind: "var" });
  return id;
}

type Part = t.ClassBody["body"][number];

/** `keep`: holds the key from the getter to the setter that follows, where it has to be evaluated. */
function parts(accessor: t.ClassAccessorProperty, storage: string, className: string | undefined, keep: t.Identifier | undefined): Part[] {
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
  const keyOf = (kind: "get" | "set"): t.Expression => {
    if (!keep) return t.cloneNode(key as t.Expression);
    return kind === "get" ? t.assignmentExpression("=", t.cloneNode(keep), key as t.Expression) : t.cloneNode(keep);
  };
  const method = (kind: "get" | "set"): Part => {
    const params = kind === "set" ? [parameter] : [];
    return at(key.type === "PrivateName" ? t.classPrivateMethod(kind, t.cloneNode(key), params, bodies[kind], isStatic) : t.classMethod(kind, keyOf(kind), params, bodies[kind], computed, isStatic));
  };
  const getter = method("get");
  if (decorators) Object.assign(getter, { decorators });
  return [at(t.classPrivateProperty(t.privateName(t.identifier(storage)), value ?? null, [], isStatic)), getter, method("set")];
}

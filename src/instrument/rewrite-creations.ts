import { SPAWNS } from "./api-names";
import { babel, type t } from "./babel";
import { isCreationCall } from "./creation-calls";
import { writtenName } from "./names";
import { isPlain } from "./plain";
import { callApi, isBufferCreation, isViewCreation } from "./rewrite-arguments";
import type { Rewriter } from "./rewriter";
import { isFunction, walk } from "./walk";

type Creation = t.CallExpression | t.NewExpression;

export function isCreation(r: Rewriter, node: t.Node | null | undefined): node is Creation {
  return isCreationCall(r.program, r.module, node);
}

/** A creation somewhere in an expression, with the name that its place suggests. */
export function rewriteCreation(r: Rewriter, node: Creation, hint: string | undefined): t.Expression {
  const site = r.site(node, hint);
  const created = node.type === "NewExpression" ? callApi(r, node) : sharedValue(r, node);
  return hint === undefined ? created : named(r, "", hint, site, created, node);
}

/** `let x = …`: `declaration` is "m0:" at a module's top level, else "". */
export function rewriteDeclarator(r: Rewriter, node: t.VariableDeclarator, declaration: string): void {
  const { id, init } = node;
  if (!init) return r.pattern(id);
  const name = id.type === "Identifier" ? id.name : Object.keys(babel().t.getBindingIdentifiers(id)).join(", ");
  const shared = id.type === "Identifier" ? r.program.sharedVariable(r.module, id) : undefined;
  const creates = isCreation(r, init) || (declaration !== "" && mayCreate(r, init));
  const site = creates ? r.site(isCreation(r, init) ? init : node, id.type === "Identifier" ? name : undefined) : undefined;
  const initialiser = shared?.declarator === node && shared.cell ? cell(r, init as t.CallExpression, shared.assigned) : initial(r, node);
  r.pattern(id);
  const shown = makesSeveral(init) ? `${name}[]` : name;
  node.init = site ? named(r, declaration === "" ? "" : declaration + name, shown, site, initialiser, init) : initialiser;
}

const ARRAY_MAKERS = new Set(["from", "of", "map", "flatMap"]);

/** An array of what is created: the runtime numbers its elements from 0 where the name ends with "[]". */
function makesSeveral(init: t.Expression): boolean {
  if (init.type === "ArrayExpression") return true;
  if (init.type !== "CallExpression" || init.callee.type !== "MemberExpression") return false;
  const { property } = init.callee;
  return property.type === "Identifier" && ARRAY_MAKERS.has(property.name);
}

/** The initialiser itself; the expression of a pattern is read by it. */
function initial(r: Rewriter, { id, init }: t.VariableDeclarator): t.Expression {
  const original = init!;
  switch (id.type) {
    case "ArrayPattern":
      return r.iterated(original);
    case "ObjectPattern": {
      const site = isPlain(r.program, r.module, original) ? undefined : r.site(original, r.nameOf(original));
      const value = r.expression(original);
      return site ? r.at(value, site, original) : value;
    }
    default: {
      if (isCreation(r, original)) return rewriteCreation(r, original, undefined);
      const outer = r.hint;
      r.hint = (original.type === "ObjectExpression" || isViewCreation(r, original) || isBufferCreation(r, original)) && id.type === "Identifier" ? id.name : undefined;
      const value = r.expression(original);
      r.hint = outer;
      return value;
    }
  }
}

export function rewriteDefaultExport(r: Rewriter, node: t.ExportDefaultDeclaration): void {
  const { declaration } = node;
  if (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration" || declaration.type === "TSDeclareFunction") {
    r.children(node);
    return;
  }
  const site = mayCreate(r, declaration) ? r.site(declaration, "default") : undefined;
  const value = r.expression(declaration);
  node.declaration = site ? named(r, `${r.module.id}:default`, "default", site, value, declaration) : value;
}

/** `static lock = new Mutex()` in a class at a module's top level. */
export function rewriteStaticField(r: Rewriter, member: t.Node, value: t.Expression, declaration: string, name: string): t.Expression {
  return named(r, declaration + name, name, r.site(member, name), value, member);
}

function cell(r: Rewriter, node: t.CallExpression, assigned: boolean): t.Expression {
  const { t } = babel();
  const { value, name, segment } = sharedArguments(r, node);
  return r.call("cell", node, value, name, t.booleanLiteral(assigned), segment);
}

function sharedValue(r: Rewriter, node: t.CallExpression): t.Expression {
  const site = r.site(node);
  const { value, name, segment } = sharedArguments(r, node);
  r.recorded++;
  return r.call("sharedValue", node, r.at(value, site, node), name, segment);
}

function sharedArguments(r: Rewriter, node: t.CallExpression): { value: t.Expression; name: t.Expression; segment: t.Expression } {
  const { t } = babel();
  const segment = t.booleanLiteral(r.program.linker.apiName(r.module, node.callee) === "sharedMemory");
  const [value, name] = node.arguments as t.Expression[];
  const none = (): t.Expression => t.identifier("undefined");
  return { value: value ? r.expression(value) : none(), name: name ? r.expression(name) : none(), segment };
}

/** `($cp.begin(declaration, name, site), $cp.end(value))` */
function named(r: Rewriter, declaration: string, name: string, site: t.Expression, value: t.Expression, original: t.Node): t.Expression {
  const { t } = babel();
  const begin = r.call("begin", original, t.stringLiteral(declaration), t.stringLiteral(writtenName(r.module.text, name)), t.cloneNode(site));
  return t.sequenceExpression([begin, r.call("end", original, value)]);
}

/** Whether evaluating the expression may create objects, directly or in a function that it calls. */
export function mayCreate(r: Rewriter, node: t.Node): boolean {
  let found = false;
  walk(node, (inner, parent) => {
    if (found) return false;
    if (isFunction(inner) && parent?.type !== "CallExpression" && parent?.type !== "NewExpression") return false;
    const creation: boolean = isCreation(r, inner);
    if (creation) found = true;
    else if (inner.type === "NewExpression") found = !isPlain(r.program, r.module, inner);
    else if (inner.type === "CallExpression") {
      const api = r.program.linker.apiName(r.module, inner.callee);
      const target = r.program.linker.ofExpression(r.module, inner.callee);
      found = (api !== undefined && SPAWNS.has(api)) || target?.kind === "variable" || target?.kind === "default" || inner.callee.type === "MemberExpression";
    }
    return !found;
  });
  return found;
}

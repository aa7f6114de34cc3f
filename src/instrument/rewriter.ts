import { isAssigned } from "./assignments";
import { babel, type t } from "./babel";
import { rewriteAssignment, rewriteTarget, rewriteUpdate } from "./rewrite-assignments";
import { rewriteCall, rewriteNew } from "./rewrite-calls";
import { rewriteChain } from "./rewrite-chains";
import { isCreation, mayCreate, rewriteCreation, rewriteDeclarator, rewriteDefaultExport, rewriteStaticField } from "./rewrite-creations";
import { rewriteFor, rewriteLoop } from "./rewrite-loops";
import { readMember, rewriteIn, rewriteTag, rewriteUnary } from "./rewrite-members";
import { rewriteNamespace } from "./rewrite-namespaces";
import { hearRejection, rejectionHandler } from "./rewrite-rejections";
import type { Module } from "./module";
import { freeName } from "./names";
import { isGlobal, isPlain } from "./plain";
import type { Program } from "./program";
import { rewriteLiteral } from "./rewrite-spawns";
import type { InlineTarget, SpawnCall } from "./spawns";
import { oneLine } from "./sites";
import { Temporaries } from "./temporaries";
import { isFunction, isNode } from "./walk";

/**
 * Puts the recording calls into one module (docs/instrumentation.md says which), changing its tree in place:
 * declarations and functions stay the nodes they were. A plain recursion, so that each operand is moved exactly once.
 */
export class Rewriter {
  /** Recording calls put into the loop, or function, that is being rewritten. */
  recorded = 0;
  /** Whether `this` is an instance of a class, which is never shared memory. */
  inClass = false;
  /** Whether the code is strict: assignments that fail throw. */
  strict: boolean;
  /** Name for an object that is created here, as far as it follows from where it stands. */
  hint: string | undefined;
  readonly temporaries: Temporaries;
  private scope: Temporaries;
  private count = 0;
  private numbered = 0;
  /** Of the temporaries' names: with as many underscores as keep them apart from the program's own. */
  private readonly prefix: string;

  constructor(
    readonly program: Program,
    readonly module: Module,
    readonly spawns: ReadonlyMap<t.CallExpression, SpawnCall>,
    /** Functions that may be spawned wherever they get to. */
    private readonly literals: ReadonlyMap<t.Node, InlineTarget> = new Map(),
  ) {
    this.strict = module.kind === "esm" || isStrict(module.program.directives);
    this.prefix = freeName(module.text, "$t");
    this.temporaries = this.scope = new Temporaries(this.fresh);
  }

  rewriteModule(): void {
    for (const statement of this.module.program.body) this.topLevel(statement);
  }

  private readonly fresh = (): string => `${this.prefix}${++this.count}`;

  private topLevel(statement: t.Statement): void {
    this.declaring(statement, `${this.module.id}:`);
  }

  /** A statement that is evaluated once per task: what it creates is known by where it is declared. */
  declaring(statement: t.Statement, prefix: string): void {
    const declaration =
      statement.type === "ExportNamedDeclaration" && statement.declaration ? statement.declaration : statement;
    switch (declaration.type) {
      case "VariableDeclaration":
        for (const declarator of declaration.declarations) rewriteDeclarator(this, declarator, prefix);
        return;
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        return;
      case "ExportDefaultDeclaration":
        rewriteDefaultExport(this, declaration);
        return;
      case "ClassDeclaration":
        this.rewriteClass(declaration, prefix);
        return;
      default:
        if (!rewriteNamespace(this, statement, prefix)) this.node(statement);
    }
  }

  /** A number for a part of the module. */
  number(): number {
    return ++this.numbered;
  }

  /** An expression, rewritten: the node to put in its place. */
  expression(node: t.Expression): t.Expression {
    return this.node(node) as t.Expression;
  }

  /** The same with a name for the object that it may create. */
  named(node: t.Expression, hint: string | undefined): t.Expression {
    const outer = this.hint;
    this.hint = hint;
    const result = isCreation(this, node) ? rewriteCreation(this, node, hint) : this.expression(node);
    this.hint = outer;
    return result;
  }

  node(node: t.Node): t.Node {
    switch (node.type) {
      case "Identifier":
        if (node.name === "Atomics" && isGlobal(this.module, node)) return this.recordingAtomics(node);
        return this.program.isCell(this.module, node) ? this.readCell(node) : node;
      case "MemberExpression":
        return readMember(this, node);
      case "OptionalMemberExpression":
      case "OptionalCallExpression":
        return this.heard(node, () => rewriteChain(this, node));
      case "AssignmentExpression":
        return rewriteAssignment(this, node, true);
      case "UpdateExpression":
        return rewriteUpdate(this, node);
      case "ExpressionStatement":
        node.expression =
          node.expression.type === "AssignmentExpression"
            ? rewriteAssignment(this, node.expression, false)
            : this.expression(node.expression);
        return node;
      case "UnaryExpression":
        return rewriteUnary(this, node);
      case "BinaryExpression":
        return node.operator === "in" ? rewriteIn(this, node) : this.children(node);
      case "TaggedTemplateExpression":
        return rewriteTag(this, node);
      case "CallExpression":
        return this.heard(node, () => rewriteCall(this, node));
      case "NewExpression":
        return rewriteNew(this, node);
      case "VariableDeclarator":
        rewriteDeclarator(this, node, "");
        return node;
      case "ForOfStatement":
      case "ForInStatement":
        return rewriteFor(this, node);
      case "ForStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        return rewriteLoop(this, node);
      case "ArrayExpression":
        node.elements = node.elements.map((e) => (e === null ? e : e.type === "SpreadElement" ? this.spread(e) : this.expression(e)));
        return node;
      case "ObjectExpression":
        return this.object(node);
      case "YieldExpression":
        if (!node.delegate || !node.argument) return this.children(node);
        node.argument = this.iterated(node.argument);
        return node;
      case "ClassDeclaration":
      case "ClassExpression":
        return this.rewriteClass(node, undefined);
      case "CatchClause":
        if (node.param) this.pattern(node.param);
        this.children(node.body);
        if (node.param?.type === "Identifier") node.body.body.unshift(this.caught(node.param));
        else if (node.param?.type === "ObjectPattern") {
          const { error, statements } = this.caughtInParts(node.param, node.body);
          node.param = error;
          node.body = babel().t.blockStatement(statements);
        }
        return node;
      case "MetaProperty":
      case "ImportDeclaration":
        return node;
      default:
        if (!isFunction(node)) return this.children(node);
        return this.literal(this.function(node));
    }
  }

  private literal(node: t.Function): t.Node {
    const target = this.literals.get(node);
    if (!target) return node;
    this.recorded++;
    return rewriteLiteral(this, node as t.FunctionExpression, target, node.type === "FunctionExpression" && node.id ? undefined : target.name);
  }

  /** Rewrites what is below a node and leaves the node itself. */
  children<N extends t.Node>(node: N): N {
    const fields = node as unknown as Record<string, unknown>;
    for (const key of babel().t.VISITOR_KEYS[node.type] ?? []) {
      const child = fields[key];
      if (Array.isArray(child)) child.forEach((item, i) => isNode(item) && (child[i] = this.node(item)));
      else if (isNode(child)) fields[key] = this.node(child);
    }
    return node;
  }

  /** The runtime's `Atomics`, which does the same and records it. */
  private recordingAtomics(node: t.Identifier): t.Expression {
    const { t } = babel();
    return Object.assign(t.memberExpression(t.identifier("$cp"), t.identifier("Atomics")), { loc: node.loc });
  }

  /** A call, and what it hands over for a rejection. */
  private heard(node: t.CallExpression | t.OptionalCallExpression | t.OptionalMemberExpression, rewrite: () => t.Node): t.Node {
    const handler = node.type === "OptionalMemberExpression" ? undefined : rejectionHandler(node);
    const rewritten = rewrite();
    if (handler) hearRejection(this, handler);
    return rewritten;
  }

  /** `catch ({ message }) {…}` becomes `catch (error) { $cp.caught(error); let { message } = error; {…} }`. */
  caughtInParts(pattern: t.ObjectPattern, body: t.BlockStatement): { readonly error: t.Identifier; readonly statements: t.Statement[] } {
    const { t } = babel();
    const error = t.identifier(this.temporaries.next());
    return { error, statements: [this.caught(error), t.variableDeclaration("let", [t.variableDeclarator(pattern, t.identifier(error.name))]), body] };
  }

  /** `$cp.caught(error);` */
  caught({ name }: t.Identifier): t.Statement {
    const { t } = babel();
    return t.expressionStatement(t.callExpression(t.memberExpression(t.identifier("$cp"), t.identifier("caught")), [t.identifier(name)]));
  }

  readCell(node: t.Expression): t.Expression {
    const name = node.type === "Identifier" ? node.name : undefined;
    this.recorded++;
    return this.call("cr", node, node, this.site(node, name));
  }

  /** `$cp.iter(it, site)` */
  iterated(node: t.Expression): t.Expression {
    if (!node.loc || node.type === "ArrayExpression" || isPlain(this.program, this.module, node)) return this.expression(node);
    const site = this.site(node, this.nameOf(node));
    this.recorded++;
    return this.call("iter", node, this.expression(node), site);
  }

  /** `$cp.at(value, site)` */
  at(value: t.Expression, site: t.Expression, original: t.Node): t.Expression {
    return this.call("at", original, value, site);
  }

  spread(node: t.SpreadElement): t.SpreadElement {
    node.argument = this.iterated(node.argument);
    return node;
  }

  private object(node: t.ObjectExpression): t.ObjectExpression {
    const prefix = this.hint;
    for (const property of node.properties) {
      if (property.type === "SpreadElement") {
        const { argument } = property;
        const plain = isPlain(this.program, this.module, argument);
        const site = plain ? undefined : this.site(argument, this.nameOf(argument));
        const value = this.expression(argument);
        property.argument = site ? this.at(value, site, argument) : value;
      } else if (property.type === "ObjectMethod") this.node(property);
      else {
        if (property.computed) property.key = this.expression(property.key as t.Expression);
        const key = !property.computed && property.key.type === "Identifier" ? property.key.name : undefined;
        property.value = this.named(property.value as t.Expression, key === undefined ? undefined : prefix === undefined ? key : `${prefix}.${key}`);
        // What stood as `{ x }` may be a call now.
        property.shorthand = property.shorthand && property.value.type === "Identifier";
      }
    }
    return node;
  }

  private function(node: t.Function): t.Function {
    const outer = { recorded: this.recorded, inClass: this.inClass, hint: this.hint, strict: this.strict };
    this.hint = undefined;
    if (node.type !== "FunctionDeclaration" && node.type !== "FunctionExpression" && node.type !== "ArrowFunctionExpression" && node.computed) {
      (node as t.ObjectMethod).key = this.expression((node as t.ObjectMethod).key as t.Expression);
    }
    if (node.type === "ClassMethod" || node.type === "ClassPrivateMethod") this.inClass = true;
    else if (node.type !== "ArrowFunctionExpression") this.inClass = false;
    if (node.body.type === "BlockStatement" && isStrict(node.body.directives)) this.strict = true;
    for (const parameter of node.params) this.pattern(parameter, true);
    this.inScope((scope) => {
      if (node.body.type === "BlockStatement") {
        this.children(node.body);
        const declaration = scope.declaration();
        if (declaration) node.body.body.unshift(declaration);
        return;
      }
      const { t } = babel();
      const arrow = node as t.ArrowFunctionExpression;
      const body = this.expression(node.body);
      const declaration = scope.declaration();
      arrow.body = declaration ? t.blockStatement([declaration, t.returnStatement(body)]) : body;
      if (declaration) arrow.expression = false;
    });
    Object.assign(this, outer);
    return node;
  }

  inScope<R>(body: (scope: Temporaries) => R): R {
    const outer = this.scope;
    this.scope = new Temporaries(this.fresh);
    try {
      return body(this.scope);
    } finally {
      this.scope = outer;
    }
  }

  /** An expression in whose place no statement can declare temporaries. */
  private closed(node: t.Expression, hint?: string): t.Expression {
    return this.inScope((scope) => scope.around(this.named(node, hint)));
  }

  /** A pattern that declares variables: only its default values and computed keys are code. `parameter`: no statement can stand before it. */
  pattern(node: t.Node, parameter = false): void {
    const code = (value: t.Expression): t.Expression => (parameter ? this.closed(value) : this.expression(value));
    switch (node.type) {
      case "AssignmentPattern":
        this.pattern(node.left, parameter);
        node.right = code(node.right);
        return;
      case "ArrayPattern":
        for (const element of node.elements) if (element) this.pattern(element, parameter);
        return;
      case "ObjectPattern":
        for (const property of node.properties) {
          if (property.type === "ObjectProperty") {
            if (property.computed) property.key = code(property.key as t.Expression);
            this.pattern(property.value, parameter);
          } else this.pattern(property, parameter);
        }
        return;
      case "RestElement":
        this.pattern(node.argument, parameter);
        return;
      default:
    }
  }

  private rewriteClass(node: t.Class, declaration: string | undefined): t.Class {
    const outer = this.inClass;
    const { strict } = this;
    this.strict = true;
    for (const decorator of node.decorators ?? []) this.children(decorator);
    if (node.superClass) node.superClass = this.expression(node.superClass);
    for (const member of node.body.body) {
      if ("decorators" in member) for (const decorator of member.decorators ?? []) this.children(decorator);
      switch (member.type) {
        case "ClassMethod":
        case "ClassPrivateMethod":
          this.function(member);
          break;
        case "StaticBlock":
          this.inScope((scope) => {
            this.inClass = true;
            this.children(member);
            const temporaries = scope.declaration();
            if (temporaries) member.body.unshift(temporaries);
          });
          break;
        case "ClassProperty":
        case "ClassAccessorProperty":
        case "ClassPrivateProperty":
          if (member.type !== "ClassPrivateProperty" && member.computed) member.key = this.expression(member.key as t.Expression);
          this.inClass = true;
          if (member.value) {
            const key = member.key.type === "Identifier" ? member.key.name : member.key.type === "PrivateName" ? `#${member.key.id.name}` : undefined;
            const name = key === undefined ? undefined : member.static && node.id ? `${node.id.name}.${key}` : key;
            const creates = member.static && declaration !== undefined && name !== undefined && mayCreate(this, member.value);
            const value = this.closed(member.value, member.static && declaration !== undefined ? undefined : name);
            // Only where it must be, for the value of a field names an anonymous function only where it stands directly.
            member.value = creates ? rewriteStaticField(this, member, value, declaration, name) : value;
          }
          break;
        default:
          this.children(member);
      }
      this.inClass = outer;
    }
    this.strict = strict;
    return node;
  }

  /** Evaluates `value` once and gives it to several places: the first holds the evaluation. */
  once(value: t.Expression, original: t.Node): { first: t.Expression; again: () => t.Expression } {
    const { t } = babel();
    if (value.type === "ThisExpression" || this.isConstant(original)) return { first: value, again: () => t.cloneNode(value) };
    const name = this.temporary();
    return { first: t.assignmentExpression("=", t.identifier(name), value), again: () => t.identifier(name) };
  }

  /** The name of a new variable of the function around. */
  temporary(): string {
    return this.scope.next();
  }

  textOf(node: t.Node): string {
    return oneLine(this.module.text.slice(node.start ?? 0, node.end ?? 0));
  }

  isConstant(node: t.Node): boolean {
    const binding = node.type === "Identifier" && node.loc ? this.module.bindings.get(node) : undefined;
    if (node.type === "NumericLiteral" || node.type === "StringLiteral") return true;
    if (!binding || isAssigned(binding)) return false;
    return (binding.kind === "const" || binding.kind === "let" || binding.kind === "param") && !this.program.isCell(this.module, node);
  }

  /** What the source names at an access: `account` for `account.balance`. */
  nameOf(node: t.Node): string | undefined {
    if (node.type === "Identifier") return node.name;
    if (node.type === "ThisExpression") return "this";
    if (node.type !== "MemberExpression" || node.computed || !node.loc) return undefined;
    const object = this.nameOf(node.object);
    const property = node.property.type === "Identifier" ? node.property.name : undefined;
    return object === undefined || property === undefined ? undefined : `${object}.${property}`;
  }

  site(node: t.Node, name?: string): t.Expression {
    return babel().t.numericLiteral(this.program.site(this.module, node, name));
  }

  target(node: t.LVal): t.LVal {
    return rewriteTarget(this, node);
  }

  /** The operation that assigns as the code around it does: where it is not strict, what fails is passed over. */
  assigning(operation: "set" | "upd" | "memberRef"): string {
    return this.strict ? operation : `${operation}Loosely`;
  }

  /** `$cp.operation(…)`, at the place of `original` for the source map. */
  call(operation: string, original: t.Node, ...args: t.Expression[]): t.CallExpression {
    const { t } = babel();
    const call = t.callExpression(t.memberExpression(t.identifier("$cp"), t.identifier(operation)), args);
    call.loc = original.loc ?? null;
    return call;
  }

  /** A call of a method that is made by ours: its place is that of the method's name, as the engine tells it. */
  invoke(original: t.CallExpression | t.OptionalCallExpression, callee: t.Node, ...args: t.Expression[]): t.CallExpression {
    const call = this.call("invoke", original, ...args);
    if ((callee.type === "MemberExpression" || callee.type === "OptionalMemberExpression") && !callee.computed) {
      (call.callee as t.MemberExpression).property.loc = callee.property.loc ?? null;
    }
    return call;
  }
}

function isStrict(directives: readonly t.Directive[] | null | undefined): boolean {
  return directives?.some(({ value }) => value.value === "use strict") ?? false;
}

/**
 * TypeScript takes it that between an assignment or a check and the next look at a variable nobody else writes it. Of shared
 * variables that is not so: after `phase = "idle"; task.join();` the comparison `phase === "busy"` is no mistake (error 2367 to
 * TypeScript). Told apart from real mistakes by the declared types: with them, the same expression has to be right.
 */
import type ts from "typescript/lib/tsserverlibrary";

type TS = typeof ts;

const NO_OVERLAP = 2367;
const CASE_NOT_COMPARABLE = 2678;
/** "Property … does not exist on type 'never'": without and with a suggestion. */
const NO_PROPERTY = new Set([2339, 2551]);
const MODULE = "concurrency-playground";
const MAKERS = new Set(["shared", "sharedMemory"]);

/** What is left of a file's diagnostics without those that only narrowing of shared variables has made. */
export function withoutFalseNarrowing<D extends ts.Diagnostic>(typescript: TS, program: ts.Program | undefined, diagnostics: D[]): D[] {
  if (!program || !diagnostics.some(concernsUs)) return diagnostics;
  const judge = new Judge(typescript, program.getTypeChecker());
  return diagnostics.filter((diagnostic) => !concernsUs(diagnostic) || !judge.isFalse(diagnostic));
}

function concernsUs({ code }: ts.Diagnostic): boolean {
  return code === NO_OVERLAP || code === CASE_NOT_COMPARABLE || NO_PROPERTY.has(code);
}

class Judge {
  constructor(
    private readonly ts: TS,
    private readonly checker: ts.TypeChecker,
  ) {}

  isFalse({ code, file, start, length }: ts.Diagnostic): boolean {
    if (!file || start === undefined || length === undefined) return false;
    const node = this.nodeAt(file, start, start + length);
    if (!node) return false;
    const { ts } = this;
    if (code === NO_OVERLAP) return ts.isBinaryExpression(node) && this.meet(node.left, node.right);
    if (code === CASE_NOT_COMPARABLE) {
      const clause = node.parent;
      return ts.isCaseClause(clause) && this.meet(clause.parent.parent.expression, node as ts.Expression);
    }
    const access = node.parent;
    return ts.isPropertyAccessExpression(access) && access.name === node && this.hasProperty(access.expression, access.name.text);
  }

  /** The outermost node of just this range. */
  private nodeAt(file: ts.SourceFile, from: number, to: number): ts.Node | undefined {
    let found: ts.Node | undefined;
    const visit = (node: ts.Node): void => {
      if (found || node.pos > from || node.end < to) return;
      if (node.getStart(file) === from && node.end === to) found = node;
      else this.ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  }

  /** One of them is shared, and as declared they may be equal. */
  private meet(left: ts.Expression, right: ts.Expression): boolean {
    if (!this.isShared(left) && !this.isShared(right)) return false;
    // TypeScript before 5.4 doesn't tell what can be assigned to what: nothing is filtered there.
    if (typeof this.checker.isTypeAssignableTo !== "function") return false;
    const ones = this.parts(this.declared(left));
    const others = this.parts(this.declared(right));
    return ones.some((one) => others.some((other) => this.checker.isTypeAssignableTo(one, other) || this.checker.isTypeAssignableTo(other, one)));
  }

  /** `never` has nobody's properties; the declared type of a shared variable may have them. */
  private hasProperty(object: ts.Expression, name: string): boolean {
    if (!this.isShared(object)) return false;
    if ((this.checker.getTypeAtLocation(object).flags & this.ts.TypeFlags.Never) === 0) return false;
    return this.parts(this.declared(object)).some((part) => this.checker.getPropertyOfType(this.checker.getApparentType(part), name) !== undefined);
  }

  private parts(type: ts.Type): readonly ts.Type[] {
    return type.isUnion() ? type.types : [type];
  }

  /** The type of an expression, but of a variable and its properties the declared one. */
  private declared(expression: ts.Expression): ts.Type {
    const { ts, checker } = this;
    const inner = this.unwrapped(expression);
    if (ts.isIdentifier(inner)) {
      const symbol = this.symbolOf(inner);
      return symbol ? checker.getTypeOfSymbol(symbol) : checker.getTypeAtLocation(inner);
    }
    if (ts.isPropertyAccessExpression(inner)) {
      const property = checker.getNonNullableType(this.declared(inner.expression)).getProperty(inner.name.text);
      if (property) return checker.getTypeOfSymbol(property);
    }
    if (ts.isElementAccessExpression(inner)) {
      const element = checker.getNonNullableType(this.declared(inner.expression)).getNumberIndexType();
      if (element) return element;
    }
    return checker.getTypeAtLocation(inner);
  }

  /** A shared variable, or a part of one. */
  private isShared(expression: ts.Expression): boolean {
    const { ts } = this;
    let root = this.unwrapped(expression);
    while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = this.unwrapped(root.expression);
    const declaration = ts.isIdentifier(root) ? this.symbolOf(root)?.valueDeclaration : undefined;
    if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return false;
    const made = this.unwrapped(declaration.initializer);
    return ts.isCallExpression(made) && this.isMaker(made.expression);
  }

  private isMaker(callee: ts.Expression): boolean {
    const { ts } = this;
    const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
    const symbol = ts.isIdentifier(name) ? this.symbolOf(name) : undefined;
    if (!symbol || !MAKERS.has(symbol.name)) return false;
    for (let node: ts.Node | undefined = symbol.declarations?.[0]; node; node = node.parent) {
      if (ts.isModuleDeclaration(node) && node.name.text === MODULE) return true;
    }
    return false;
  }

  /** The variable itself, also where it is imported. */
  private symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(name);
    return symbol && symbol.flags & this.ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  private unwrapped(expression: ts.Expression): ts.Expression {
    const { ts } = this;
    let inner = expression;
    while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner) || ts.isNonNullExpression(inner)) inner = inner.expression;
    return inner;
  }
}

import { babel, type t } from "./babel";

/**
 * Where the temporaries of an expression are declared: at the top of the function (or module) around it, or, where no
 * statement can stand (default values, class fields), as parameters of an arrow function called on the spot. Neither
 * await nor yield can stand there, so that changes nothing.
 */
export class Temporaries {
  readonly names: string[] = [];

  constructor(private readonly fresh: () => string) {}

  next(): string {
    const name = this.fresh();
    this.names.push(name);
    return name;
  }

  /** `var t1, t2;` */
  declaration(): t.VariableDeclaration | undefined {
    const { t } = babel();
    if (this.names.length === 0) return undefined;
    return t.variableDeclaration("var", this.names.map((name) => t.variableDeclarator(t.identifier(name))));
  }

  /** `((t1, t2) => value)()` */
  around(value: t.Expression): t.Expression {
    const { t } = babel();
    if (this.names.length === 0) return value;
    return t.callExpression(t.arrowFunctionExpression(this.names.map((name) => t.identifier(name)), value), []);
  }
}

import type { Creation } from "../context";
import { phrases } from "../memory/phrases";

interface Frame {
  readonly declaration: string;
  readonly name: string;
  readonly site: number;
  readonly outer: Frame | undefined;
  /** Under this name, and under this declaration. */
  made: number;
  creations: number;
}

/** Names and identities of what is being created: the declarations that are being evaluated. */
export class Creations {
  /** No array: a program may have put a setter on Array.prototype. */
  private innermost: Frame | undefined;
  private readonly unnamed = new Map<string, number>();

  begin(declaration: string, name: string, site: number): void {
    this.innermost = { declaration, name, site, outer: this.innermost, made: 0, creations: 0 };
  }

  end(): void {
    this.innermost = this.innermost?.outer;
  }

  /** `given` is the name that the program itself gives. */
  next(kindName: string, site: number, given?: string): Creation {
    if (given !== undefined && typeof given !== "string") throw new TypeError(phrases().nameNotString(kindName));
    const frame = this.innermost;
    if (!frame) return { identity: undefined, name: given ?? this.number(kindName), site };
    const number = frame.made++;
    return { identity: this.identity(), name: given ?? numbered(frame.name, number, kindName), site: frame.site };
  }

  /** A frame without a declaration only names; the declaration around it counts. */
  private identity(): string | undefined {
    let declaring = this.innermost;
    while (declaring?.declaration === "") declaring = declaring.outer;
    return declaring && `${declaring.declaration}#${declaring.creations++}`;
  }

  private number(kindName: string): string {
    const number = (this.unnamed.get(kindName) ?? 0) + 1;
    this.unnamed.set(kindName, number);
    return `${kindName} ${number}`;
  }
}

/** The compiler writes "forks[]" where the initialiser is no creation itself but contains some: they are numbered from 0. */
function numbered(name: string, number: number, kindName: string): string {
  if (name === "") return number === 0 ? kindName : `${kindName} ${number + 1}`;
  if (name.endsWith("[]")) return `${name.slice(0, -2)}[${number}]`;
  return number === 0 ? name : `${name}[${number}]`;
}

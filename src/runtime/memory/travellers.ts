import type { Traveller } from "./types";

interface Ref {
  readonly tag: string;
  readonly id: number;
  readonly data?: unknown;
}

/** What is no shared memory but travels as itself, by a tag per kind. */
export class Travellers {
  private readonly byTag = new Map<string, Traveller>();

  register(tag: string, traveller: Traveller): void {
    this.byTag.set(tag, traveller);
  }

  /** JSON that names the object, undefined if it is of no registered kind. */
  encode(value: object): string | undefined {
    for (const [tag, traveller] of this.byTag) {
      if (!traveller.test(value)) continue;
      const { id, data } = traveller.toRef(value);
      const ref: Ref = data === undefined ? { tag, id } : { tag, id, data };
      return JSON.stringify(ref);
    }
    return undefined;
  }

  is(value: object): boolean {
    for (const traveller of this.byTag.values()) if (traveller.test(value)) return true;
    return false;
  }

  decode(text: string): object {
    const ref = JSON.parse(text) as Ref;
    const traveller = this.byTag.get(ref.tag);
    if (!traveller) throw new Error(`nothing travels as "${ref.tag}"`);
    return traveller.fromRef(ref);
  }

  /** The id in the trace. */
  id(text: string): number {
    return (JSON.parse(text) as Ref).id;
  }
}

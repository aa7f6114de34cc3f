import type { Guard, Site } from "../trace";
import type { t } from "./babel";

const MAX_TEXT = 80;

/** Numbers the places of a snippet that can show up in a trace. One table for all its modules. */
export class SiteTable {
  readonly sites: Site[] = [];
  private readonly known = new Map<string, number>();

  /** @param first number of the first site; a table that begins the run has "no site" first */
  constructor(private readonly first = 0) {
    if (first === 0) this.sites.push({ file: 0, line: 0, column: 0, endLine: 0, endColumn: 0, text: "" });
  }

  /** The number of the expression `node` in file number `file`, whose text is `source`. 0 for code that the compiler made. */
  of(file: number, source: string, node: t.Node, name?: string, guard?: Guard): number {
    const { loc, start, end } = node;
    if (!loc || start == null || end == null) return 0;
    const key = `${file}:${start}:${end}:${name ?? ""}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const number = this.first + this.sites.length;
    this.sites.push({
      file,
      line: loc.start.line,
      column: loc.start.column + 1,
      endLine: loc.end.line,
      endColumn: loc.end.column + 1,
      text: oneLine(source.slice(start, end)),
      ...(name === undefined ? {} : { name }),
      ...(guard ? { guard } : {}),
    });
    this.known.set(key, number);
    return number;
  }
}

/** An expression's text on one line, cut to 80 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1)}…`;
}

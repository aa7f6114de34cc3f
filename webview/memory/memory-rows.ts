import type { MemoryView, ValueNode, VariableView } from "../../src/analysis/views";

/** One cell: a value in one space. */
export interface MemoryCell {
  readonly node: ValueNode;
  /** Only on a variable's own row. */
  readonly variable: VariableView | undefined;
}

/** One line of the memory table: a variable, or an entry inside one, with its value in each space that has it. */
export interface MemoryRow {
  readonly path: string;
  readonly key: string;
  readonly depth: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly cells: ReadonlyMap<number, MemoryCell>;
  /** Entries that exist but are not listed. */
  readonly more: number;
}

/** Lays the variables of all spaces side by side: variables of one name share a row. */
export function memoryRows(memory: MemoryView, expanded: ReadonlySet<string>): MemoryRow[] {
  const byName = new Map<string, Map<number, MemoryCell>>();
  for (const { space, variables } of memory.spaces) {
    const seen = new Map<string, number>();
    for (const variable of variables) {
      // Two variables of one name in one space (a shared() per call) stay apart.
      const n = seen.get(variable.name) ?? 0;
      seen.set(variable.name, n + 1);
      const name = n === 0 ? variable.name : `${variable.name} (${n + 1})`;
      let cells = byName.get(name);
      if (!cells) byName.set(name, (cells = new Map()));
      cells.set(space, { node: variable.value, variable });
    }
  }
  const rows: MemoryRow[] = [];
  for (const [name, cells] of byName) addRow(rows, name, name, 0, cells, expanded);
  return rows;
}

function addRow(rows: MemoryRow[], path: string, key: string, depth: number, cells: ReadonlyMap<number, MemoryCell>, expanded: ReadonlySet<string>): void {
  const containers = [...cells].filter((entry): entry is [number, MemoryCell & { node: ValueNode & { type: "container" } }] => entry[1].node.type === "container");
  const expandable = containers.some(([, { node }]) => node.length > 0);
  const isOpen = expandable && expanded.has(path);
  const more = isOpen ? Math.max(...containers.map(([, { node }]) => node.length - node.entries.length)) : 0;
  rows.push({ path, key, depth, expandable, expanded: isOpen, cells, more: Math.max(0, more) });
  if (!isOpen) return;
  const entries = new Map<string, Map<number, MemoryCell>>();
  for (const [space, { node }] of containers) {
    for (const entry of node.entries) {
      let inner = entries.get(entry.key);
      if (!inner) entries.set(entry.key, (inner = new Map()));
      inner.set(space, { node: entry.node, variable: undefined });
    }
  }
  for (const [inner, cellsOf] of entries) addRow(rows, `${path}/${inner}`, inner, depth + 1, cellsOf, expanded);
}

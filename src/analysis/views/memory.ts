import { SEGMENT_SPACE, absent, spaceOf, type ContainerMeta, type RangeMeta, type Trace, type TraceValue } from "../../trace";
import { MemoryIndex, initialElement } from "./memory-index";
import type { LastWrite, MemoryView, SpaceView, ValueNode, VariableView } from "./types";

const MAX_ENTRIES = 100;
const MAX_DEPTH = 8;
const MAX_NODES = 5_000;

const indexes = new WeakMap<Trace, { readonly index: MemoryIndex; events: number }>();

/** Every shared variable of every space at a moment. The first call reads the whole trace, later ones only what is new. */
export function memoryAt(trace: Trace, time: number, guards?: GuardLookup): MemoryView {
  let known = indexes.get(trace);
  if (!known) indexes.set(trace, (known = { index: new MemoryIndex(trace), events: -1 }));
  let events = trace.inits.length + (trace.end ? 1 : 0);
  for (const task of trace.tasks.values()) events += task.events.length;
  if (events !== known.events) {
    known.index.update();
    known.events = events;
  }
  const builder = new Builder(trace, known.index, time, guards);
  // Main's memory is there from the beginning, a child's from its start on.
  const there = [...trace.tasks.values()].filter((task) => task.meta.parent === null || started(task.started, time));
  const ids = new Set([...there.map((task) => task.meta.space), SEGMENT_SPACE]);
  const spaces = [...ids].sort((x, y) => x - y).map((space): SpaceView => ({ space, pid: pidOf(trace, space), variables: builder.variables(space) }));
  return { time, spaces: spaces.filter((space) => space.space !== SEGMENT_SPACE || space.variables.length > 0) };
}

/** Names of the locks that guard a variable, if the caller knows them (`guardsOf`). */
export type GuardLookup = (space: number, container: number) => string | null;

function started(at: number, time: number): boolean {
  return !Number.isFinite(at) || at <= time;
}

function pidOf(trace: Trace, space: number): number | null {
  for (const task of trace.tasks.values()) if (task.meta.space === space && task.pid > 0) return task.pid;
  return null;
}

interface Totals {
  lastWrite: LastWrite | null;
  reads: number;
  writes: number;
}

class Builder {
  private nodes = 0;

  constructor(
    private readonly trace: Trace,
    private readonly index: MemoryIndex,
    private readonly time: number,
    private readonly guards: GuardLookup | undefined,
  ) {}

  variables(space: number): VariableView[] {
    return this.trace.memory.variables(space).map((container) => {
      const value = this.container(space, container, new Set(), 0);
      const totals = value.type === "value" || value.type === "container" ? value : { lastWrite: null, reads: 0, writes: 0 };
      return {
        space,
        address: container.address,
        name: container.name,
        value,
        lastWrite: totals.lastWrite,
        reads: totals.reads,
        writes: totals.writes,
        guardedBy: this.guards?.(space, container.address) ?? null,
      };
    });
  }

  private slot(space: number, address: number, above: ReadonlySet<number>, depth: number, elements?: string): { node: ValueNode; totals: Totals; present: boolean } {
    const known = this.index.valueAt(spaceOf(space, address), address, this.time);
    const at = spaceOf(space, address);
    const totals: Totals = { lastWrite: known?.write ?? null, reads: this.index.readsAt(at, address, this.time), writes: this.index.writesAt(at, address, this.time) };
    let value: TraceValue;
    if (known) value = this.trace.task(known.task).value(known.value);
    else value = elements === undefined ? undefined : (initialElement(this.trace, at, address, elements) ?? 0);
    this.nodes++;
    if (typeof value === "object" && value !== null && "ref" in value) {
      const target = this.trace.memory.container(space, value.ref);
      if (target) return { node: this.container(space, target, above, depth + 1), totals, present: true };
    }
    if (typeof value === "object" && value !== null && "object" in value) {
      const name = this.trace.objects.get(value.object)?.name ?? `#${value.object}`;
      return { node: { type: "object", address, object: value.object, name }, totals, present: true };
    }
    return { node: { type: "value", address, value, ...totals }, totals, present: value !== absent };
  }

  private container(space: number, container: ContainerMeta, above: ReadonlySet<number>, depth: number): ValueNode {
    if (container.kind === "slot") return this.slot(space, container.address, above, depth).node;
    if (above.has(container.address)) return { type: "cycle", address: container.address, name: container.name };
    if (depth >= MAX_DEPTH) return this.folded(space, container, above);
    const inside = new Set(above).add(container.address);
    const totals: Totals = { lastWrite: null, reads: 0, writes: 0 };
    const entries: { key: string; node: ValueNode }[] = [];
    let length = 0;
    let stated: number | undefined;
    const shown = (): boolean => entries.length < MAX_ENTRIES && this.nodes < MAX_NODES;
    const { slots, ranges } = this.trace.memory.slotsOf(space, container.address);
    for (const { address, key } of slots) {
      const { node, totals: own, present } = this.slot(space, address, inside, depth);
      add(totals, own);
      if (isLengthKey(container, key)) {
        if (node.type === "value" && typeof node.value === "number") stated = node.value;
        continue;
      }
      if (!present) continue;
      length++;
      if (shown()) entries.push({ key: key.startsWith(".") ? key.slice(1) : key, node });
    }
    for (const range of ranges) length += this.range(space, container, range, inside, depth, stated, totals, entries, shown);
    return {
      type: "container",
      address: container.address,
      kind: container.kind,
      ...(container.elements === undefined ? {} : { elements: container.elements }),
      entries,
      length: stated ?? length,
      ...totals,
    };
  }

  /** What lies too deep to be shown: its length, and all that was done below it, however deep that is (a list whose nodes hold each other). */
  private folded(space: number, container: ContainerMeta, above: ReadonlySet<number>): ValueNode {
    const totals: Totals = { lastWrite: null, reads: 0, writes: 0 };
    const seen = new Set(above).add(container.address);
    const pending = [container];
    let length = 0;
    for (let one = pending.pop(); one; one = pending.pop()) {
      let present = 0;
      let stated: number | undefined;
      const { slots, ranges } = this.trace.memory.slotsOf(space, one.address);
      const look = (address: number, key: string): void => {
        const at = spaceOf(space, address);
        const known = this.index.valueAt(at, address, this.time);
        add(totals, { lastWrite: known?.write ?? null, reads: this.index.readsAt(at, address, this.time), writes: this.index.writesAt(at, address, this.time) });
        const value = known && this.trace.task(known.task).value(known.value);
        if (isLengthKey(one!, key)) stated = typeof value === "number" ? value : undefined;
        else if (value !== absent) present++;
        const target = typeof value === "object" && value !== null && "ref" in value ? this.trace.memory.container(space, value.ref) : undefined;
        if (!target || seen.has(target.address)) return;
        seen.add(target.address);
        pending.push(target);
      };
      for (const { address, key } of slots) look(address, key);
      for (const range of ranges) {
        const all = range.stride > 0 ? Math.floor(range.byteLength / range.stride) : 0;
        for (let i = 0; i < Math.min(all, MAX_COUNTED); i++) look(range.address + i * range.stride, "");
      }
      if (one === container) length = stated ?? present;
    }
    return { type: "container", address: container.address, kind: container.kind, ...(container.elements === undefined ? {} : { elements: container.elements }), entries: [], length, ...totals };
  }

  /** Elements. Returns how many there are. */
  private range(space: number, container: ContainerMeta, range: RangeMeta, above: ReadonlySet<number>, depth: number, length: number | undefined, totals: Totals, entries: { key: string; node: ValueNode }[], shown: () => boolean): number {
    if (!(range.stride > 0)) return 0;
    const all = Math.floor(range.byteLength / range.stride);
    const count = Math.max(0, length === undefined ? all : Math.min(all, length - range.firstIndex));
    const elements = container.kind === "typed-array" || container.kind === "buffer" ? (container.elements ?? "Uint8Array") : undefined;
    for (let i = 0; i < Math.min(all, MAX_COUNTED); i++) {
      const address = range.address + i * range.stride;
      if (i < count && shown()) {
        const { node, totals: own, present } = this.slot(space, address, above, depth, elements);
        add(totals, own);
        if (present) entries.push({ key: `[${range.firstIndex + i}]`, node });
      } else {
        const at = spaceOf(space, address);
        const reads = this.index.readsAt(at, address, this.time);
        const writes = this.index.writesAt(at, address, this.time);
        const write = writes > 0 ? (this.index.valueAt(at, address, this.time)?.write ?? null) : null;
        add(totals, { lastWrite: write, reads, writes });
      }
    }
    return count;
  }
}

/** Whether a slot holds how many elements there are. */
function isLengthKey({ kind }: ContainerMeta, key: string): boolean {
  return (kind === "array" && key === ".length") || ((kind === "map" || kind === "set") && key === ".size");
}

/** Elements of a large array whose accesses are summed up for its total. */
const MAX_COUNTED = 10_000;

function add(totals: Totals, own: Totals): void {
  totals.reads += own.reads;
  totals.writes += own.writes;
  if (own.lastWrite && (!totals.lastWrite || own.lastWrite.time > totals.lastWrite.time)) totals.lastWrite = own.lastWrite;
}

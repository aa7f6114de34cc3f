import { DisciplineTally, type LiveAnalysis, type SlotStatistics } from "../analysis";
import { SEGMENT_SPACE, absent, spaceOf, type ContainerMeta } from "../trace";
import type { ReportCollector } from "./collector";
import type { Report } from "./contract";
import { disciplineOf } from "./discipline";
import { jsonValue } from "./names";

interface Gathered {
  readonly container: ContainerMeta;
  readonly space: number;
  reads: number;
  writes: number;
  /** Locks common to all slots that need one; undefined: none needs one. */
  guard: ReadonlySet<number> | undefined;
  readonly places: DisciplineTally;
  /** Values last seen, by key within the variable. */
  readonly seen: Map<string, unknown>;
}

/** Final values of all variables: as their space's end told them; else as the trace tells at its end. */
export function variablesOf(analysis: LiveAnalysis, collector: ReportCollector): Report["variables"] {
  const gathered = new Map<string, Gathered>();
  const variable = (space: number, container: ContainerMeta): Gathered => {
    const key = `${space} ${container.address}`;
    let known = gathered.get(key);
    if (!known) gathered.set(key, (known = { container, space, reads: 0, writes: 0, guard: undefined, places: new DisciplineTally(), seen: new Map() }));
    return known;
  };
  const spaces = new Set([...collector.tasks.values()].map((task) => task.meta.space));
  for (const space of [...spaces, SEGMENT_SPACE].sort((x, y) => x - y)) {
    for (const container of analysis.memory.variables(space)) variable(spaceOf(space, container.address), container);
  }
  const byName = new Map([...gathered.values()].map((entry) => [`${entry.space} ${entry.container.name}`, entry]));
  for (const slot of analysis.slots()) {
    const name = analysis.memory.slot(slot.space, slot.address);
    if (!name) continue;
    const owner = name.container.variable ? variable(slot.space, name.container) : byName.get(`${slot.space} ${rootName(name.container.name)}`);
    if (owner) add(owner, slot, name.name.slice(owner.container.name.length));
  }
  const without = [...gathered.values()].some(({ container, space }) => !collector.finals.has(`${space} ${container.address}`));
  const values = without ? collector.kept.values() : undefined;
  const valueOf = ({ container, space, seen }: Gathered): unknown => {
    const key = `${space} ${container.address}`;
    const final = collector.finals.get(key);
    if (final) return final.value;
    return values?.has(key) ? values.get(key) : lastSeen(analysis, container, space, seen);
  };
  return [...gathered.values()].map((entry) => ({
    name: entry.container.name,
    space: entry.space,
    value: valueOf(entry),
    reads: entry.reads,
    writes: entry.writes,
    ...guardOf(entry),
  }));

  function guardOf({ guard, places }: Gathered): Pick<Report["variables"][number], "guardedBy" | "discipline"> {
    const broken = guard?.size === 0 ? places.result() : undefined;
    return { guardedBy: guardNames(guard), ...(broken ? { discipline: disciplineOf(broken, collector) } : {}) };
  }

  function guardNames(guard: ReadonlySet<number> | undefined): string | null {
    if (guard === undefined || guard.size === 0) return null;
    return [...guard].map((lock) => collector.objects.get(lock)?.name ?? `#${lock}`).join(", ");
  }
}

/** The variable by which a nested container is reached: "state" of "state.point[3]". */
function rootName(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

function add(owner: Gathered, slot: SlotStatistics, key: string): void {
  owner.reads += slot.reads;
  owner.writes += slot.writes;
  if (slot.guard !== undefined) {
    const locks = new Set(slot.guard);
    owner.guard = owner.guard === undefined ? locks : new Set([...owner.guard].filter((lock) => locks.has(lock)));
  }
  for (const place of slot.places) owner.places.add(place);
  if (slot.value !== absent) owner.seen.set(key, jsonValue(slot.value));
}

/** Of a trace too long to be kept: each slot's last value that an access told, else its initial one; nested containers by name. */
function lastSeen(analysis: LiveAnalysis, container: ContainerMeta, space: number, seen: ReadonlyMap<string, unknown>): unknown {
  if (container.kind === "slot") return seen.has("") ? seen.get("") : jsonValue(analysis.initialValue(space, container.address));
  const fields = new Map(seen);
  const { slots } = analysis.memory.slotsOf(space, container.address);
  for (const { address, key } of slots.slice(0, MAX_FIELDS)) {
    if (fields.has(key)) continue;
    const value = analysis.initialValue(space, address);
    if (value !== absent) fields.set(key, jsonValue(value));
  }
  const shown = [...fields].filter(([key]) => key !== ".length" && key !== ".size").map(([key, value]) => [key.replace(/^\./, ""), value]);
  return Object.fromEntries(shown) as unknown;
}

const MAX_FIELDS = 1_000;

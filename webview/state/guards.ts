import { DisciplineTally, LiveAnalysis, type LockDiscipline } from "../../src/analysis";
import type { Trace } from "../../src/trace";
import { rootName } from "../timeline/variable-index";

/**
 * Which locks guard each variable, as the analysis sees it. Looked at only when the memory is shown: until then the
 * pieces of the trace are kept as they came.
 */
export class Guards {
  private readonly analysis = new LiveAnalysis();
  private pieces: Uint8Array[] = [];
  private guards = new Map<string, string | null>();
  private broken = new Map<string, LockDiscipline>();
  private stale = true;

  constructor(private readonly trace: Trace) {}

  push(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.stale = true;
  }

  /** Names of the locks that guard a variable; null: none, or nothing there needs one. */
  of(space: number, container: number): string | null {
    const key = this.key(space, container);
    return key === undefined ? null : (this.guards.get(key) ?? null);
  }

  /** Of a variable that nothing guards, though most places that access it hold one and the same lock. */
  discipline(space: number, container: number): LockDiscipline | undefined {
    const key = this.key(space, container);
    return key === undefined ? undefined : this.broken.get(key);
  }

  private key(space: number, container: number): string | undefined {
    if (this.stale) this.update();
    const name = this.trace.memory.container(space, container)?.name;
    return name === undefined ? undefined : `${space}:${name}`;
  }

  private update(): void {
    for (const piece of this.pieces) this.analysis.push(piece);
    this.pieces = [];
    this.stale = false;
    const locks = new Map<string, ReadonlySet<number>>();
    const tallies = new Map<string, DisciplineTally>();
    for (const { space, address, guard, places } of this.analysis.slots()) {
      if (!guard) continue;
      const slot = this.trace.memory.slot(space, address);
      if (!slot) continue;
      // What guards a variable guards each slot of it.
      const id = `${space}:${rootName(slot.container.name)}`;
      const known = locks.get(id);
      for (const place of places) {
        let tally = tallies.get(id);
        if (!tally) tallies.set(id, (tally = new DisciplineTally()));
        tally.add(place);
      }
      locks.set(id, known ? new Set(guard.filter((lock) => known.has(lock))) : new Set(guard));
    }
    this.broken = new Map();
    for (const [id, tally] of tallies) {
      const found = locks.get(id)?.size === 0 ? tally.result() : undefined;
      if (found) this.broken.set(id, found);
    }
    this.guards = new Map([...locks].map(([id, set]) => [id, set.size === 0 ? null : [...set].map((lock) => this.trace.objects.get(lock)?.name ?? `#${lock}`).join(", ")]));
  }
}

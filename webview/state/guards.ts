import { LiveAnalysis } from "../../src/analysis";
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
  private stale = true;

  constructor(private readonly trace: Trace) {}

  push(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.stale = true;
  }

  /** Names of the locks that guard a variable; null: none, or nothing there needs one. */
  of(space: number, container: number): string | null {
    if (this.stale) this.update();
    const name = this.trace.memory.container(space, container)?.name;
    return name === undefined ? null : (this.guards.get(`${space}:${name}`) ?? null);
  }

  private update(): void {
    for (const piece of this.pieces) this.analysis.push(piece);
    this.pieces = [];
    this.stale = false;
    const locks = new Map<string, ReadonlySet<number>>();
    for (const { space, address, guard } of this.analysis.slots()) {
      if (!guard) continue;
      const slot = this.trace.memory.slot(space, address);
      if (!slot) continue;
      // What guards a variable guards each slot of it.
      const id = `${space}:${rootName(slot.container.name)}`;
      const known = locks.get(id);
      locks.set(id, known ? new Set(guard.filter((lock) => known.has(lock))) : new Set(guard));
    }
    this.guards = new Map([...locks].map(([id, set]) => [id, set.size === 0 ? null : [...set].map((lock) => this.trace.objects.get(lock)?.name ?? `#${lock}`).join(", ")]));
  }
}

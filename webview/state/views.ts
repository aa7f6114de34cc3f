import type { LockStates, MemoryView, Unstarted } from "../../src/analysis/views";
import { buildArrows, buildLockSpans, buildTaskSpans, lockStateAt, memoryAt, unstartedTasks } from "../../src/analysis/views";
import type { Trace } from "../../src/trace";
import { ArrowIndex, laneModel, lockModel, type LaneModel, type LockModel } from "../timeline/lane-model";
import { VariableIndex, type VariableTrack } from "../timeline/variable-index";
import { Guards } from "./guards";
import { waitsByObject, type ObjectWait } from "../locks/lock-figures";
import { EventOrder } from "./event-order";

interface Built<T> {
  readonly value: T;
  readonly version: number;
  readonly at: number;
  readonly cost: number;
}

/** While a run is in progress, at most this part of the time goes into looking at its trace anew. */
const SHARE = 1 / 6;

/**
 * What the analysis derives from the trace, computed when it is asked for and kept until the trace has grown.
 * During a run a view may be a little old: it is renewed as often as its cost allows.
 */
export class Views {
  private version = 0;
  private readonly kept = new Map<string, Built<unknown>>();
  private readonly variableIndex: VariableIndex;
  private readonly guards: Guards;
  /** The trace is complete. */
  finished = false;
  /** Called when a view that was given away old can be renewed. */
  onRenewable: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly trace: Trace) {
    this.variableIndex = new VariableIndex(trace);
    this.guards = new Guards(trace);
  }

  /** The trace has grown by these bytes. */
  grow(piece: Uint8Array): void {
    this.guards.push(piece);
    this.version++;
  }

  /** The trace is complete. */
  finish(): void {
    this.finished = true;
    this.version++;
  }

  get lanes(): readonly LaneModel[] {
    return this.view("lanes", () => buildTaskSpans(this.trace).map(laneModel));
  }

  /** Tasks that were spawned and have not begun, by number. */
  get unstarted(): ReadonlyMap<number, Unstarted> {
    return this.view("unstarted", () => new Map(unstartedTasks(this.trace).map((one) => [one.task, one])));
  }

  get locks(): readonly LockModel[] {
    return this.view("locks", () => buildLockSpans(this.trace).map(lockModel));
  }

  /** Object → the waits for it. */
  get waits(): ReadonlyMap<number, readonly ObjectWait[]> {
    return this.view("waits", () => waitsByObject(buildTaskSpans(this.trace)));
  }

  get arrows(): ArrowIndex {
    return this.view("arrows", () => new ArrowIndex(buildArrows(this.trace)));
  }

  get variables(): readonly VariableTrack[] {
    return this.view("variables", () => {
      this.variableIndex.update();
      return [...this.variableIndex.tracks.values()];
    });
  }

  get order(): EventOrder {
    return this.view("order", () => new EventOrder(this.trace));
  }

  memory(time: number): MemoryView {
    return memoryAt(this.trace, time, (space, container) => this.guards.of(space, container));
  }

  /** The lock that most places hold which access a variable, and where it is not held; the names of both. */
  discipline(space: number, container: number): { readonly lock: string; readonly held: number; readonly places: number; readonly lines: readonly number[] } | undefined {
    const found = this.guards.discipline(space, container);
    if (!found) return undefined;
    const lines = new Set(found.without.flatMap((site) => this.trace.site(site)?.line ?? []));
    return { lock: this.trace.objects.get(found.lock)?.name ?? `#${found.lock}`, held: found.held, places: found.places, lines: [...lines] };
  }

  lockStates(time: number): LockStates {
    return lockStateAt(this.trace, time);
  }

  private view<T>(name: string, build: () => T): T {
    const known = this.kept.get(name) as Built<T> | undefined;
    if (known && known.version === this.version) return known.value;
    const now = performance.now();
    if (known && !this.finished && now - known.at < known.cost / SHARE) {
      this.renewIn(known.at + known.cost / SHARE - now);
      return known.value;
    }
    const value = build();
    const at = performance.now();
    this.kept.set(name, { value, version: this.version, at, cost: at - now });
    return value;
  }

  private renewIn(delay: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.onRenewable();
    }, delay);
  }
}

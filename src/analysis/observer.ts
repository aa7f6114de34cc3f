import type { Kind, MemoryMap, ObjectMeta } from "../trace";
import type { AnalysisFinding } from "./findings";
import type { HappensBefore } from "./happens-before";
import type { LockSets } from "./locksets";
import type { SiteTexts } from "./site-texts";
import type { AnalysedTasks } from "./tasks";
import type { WaitState } from "./wait-state";

/** A synchronization event. One object serves all events: it is valid during the call only. */
export interface SyncEvent {
  /** Number of the task in the trace, as findings have it. */
  readonly id: number;
  /** Its dense number, as clocks and lock sets have it. */
  readonly task: number;
  readonly kind: Kind;
  readonly site: number;
  readonly word1: number;
  /** Nanoseconds. */
  readonly time: number;
  readonly seq: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Index among the task's events, as in `EventColumns`. */
  readonly index: number;
}

/** An access to memory; of an Atomics operation each half. One object serves all: it is valid during the call only. */
export interface AccessEvent {
  readonly id: number;
  readonly task: number;
  /** Number of the 8 bytes in the shadow memory. */
  readonly slot: number;
  /** The space that the address is looked up in. */
  readonly space: number;
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  readonly write: boolean;
  readonly atomic: boolean;
  readonly site: number;
  /** Encoded (`AnalysedTask.value` decodes). */
  readonly value: number;
  readonly index: number;
}

/** What an observer may ask. */
export interface Analysed {
  readonly clocks: HappensBefore;
  readonly lockSets: LockSets;
  readonly waits: WaitState;
  readonly tasks: AnalysedTasks;
  readonly objects: ReadonlyMap<number, ObjectMeta>;
  readonly memory: MemoryMap;
  readonly sites: SiteTexts;
  /** Whether accesses of a slot were seen to race. */
  readonly racy: (slot: number) => boolean;
}

/** How far the analysis has come when findings are asked for. */
export interface Progress {
  /** No more events come. */
  readonly ended: boolean;
  /** Every access and every event was told. */
  readonly complete: boolean;
  /** Sets of tasks that are reported as deadlocked: their ids, sorted, joined by commas. */
  readonly deadlocked: ReadonlySet<string>;
}

/** An analysis of its own: told of a run's events in an order that agrees with happens-before. `live.ts` lists them all. */
export interface Observer {
  /** Set when findings() would give something new; the live analysis resets it. */
  changed: boolean;
  /** The kinds of events that before() and after() are told. */
  readonly kinds: readonly Kind[];
  /** Before clocks, lock sets and wait state know of the event: of a task that takes a lock, what it held before. */
  before?(event: SyncEvent): void;
  /** When they know. */
  after?(event: SyncEvent): void;
  /**
   * An access that is the first of its task, site, operation, bytes and locks since the task's latest release (of anything):
   * the task's time (`clocks.now`) changes only there. Repetitions are not told.
   */
  access?(event: AccessEvent): void;
  findings(progress: Progress): readonly AnalysisFinding[];
}

import { Op } from "../sync";
import type { AtomicOp } from "../trace";

/** What is about to happen, where it is no operation of the API: numbers of their own, so that each can be slow by itself. */
export enum Place {
  Start = 64,
  Spawn = 65,
  Post = 66,
  Receive = 67,
  Wait = 68,
  Notify = 69,
  /** Plus an AtomicOp. */
  Atomic = 80,
}

/** Neither synchronization nor communication. */
const QUERIES: ReadonlySet<number> = new Set([Op.Owner, Op.Available, Op.Length, Op.Join]);

/** Up to here every operation may be delayed; of the following ones ever fewer, so that all delays of n operations grow as log n. */
const UNDIMINISHED = 2000;
/** The same kind of operation so often in succession is taken for a spin loop. */
const SPINNING = 16;
/** Operations that a mood lasts. */
const SHORTEST_MOOD = 8;
const LONGEST_MOOD = 48;

/**
 * Seeded random delays before a task's atomics, locks and messages, so that rare orders show (noise making: Edelstein et al.,
 * "Framework for testing multi-threaded Java programs", 2003). A task has moods. In one it does not wait at all; in the other some kinds of
 * operation are slow, always the same ones and about equally long, while the rest is delayed now and then: mostly by no more than
 * giving up the processor, seldom by a time slice, as when it is preempted. Orders that need two tasks to be late at certain places show
 * in some mood, whichever places these are. Every task has its own sequence: the delays of one do not depend on what others do.
 */
export class Perturbation {
  private state: number;
  private operations = 0;
  private left = 0;
  private calm = false;
  private previous = -1;
  private repeats = 0;
  /** Chooses the slow kinds of operation. */
  private salt = 0;
  private slowness = 0;

  /** Of a run that is not to be perturbed (null), none. */
  static of(seed: number | null, task: number): Perturbation | undefined {
    return seed === null ? undefined : new Perturbation(seed, task, nap);
  }

  constructor(
    seed: number,
    task: number,
    private readonly sleep: (ms: number) => void,
  ) {
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(task + 1, 0xc2b2ae35);
  }

  /** Before an operation of the API; of an Atomic's, `a` says which. */
  before(op: Op, a: number): void {
    if (!QUERIES.has(op)) this.at(op === Op.Atomic ? Place.Atomic + a : op);
  }

  beforeAtomic(op: AtomicOp): void {
    this.at(Place.Atomic + op);
  }

  at(place: Place | Op): void {
    this.repeats = place === this.previous ? this.repeats + 1 : 0;
    this.previous = place;
    // A task that spins must not use up its share, nor be the slower for it.
    if (this.repeats > SPINNING && this.repeats % SPINNING !== 0) return;
    if (this.left-- <= 0) this.changeMood();
    this.operations++;
    // Drawn always: what comes later does not depend on what is left out.
    const which = this.next();
    const howLong = this.next();
    if (this.calm) return;
    if (this.operations > UNDIMINISHED && this.next() > UNDIMINISHED / this.operations) return;
    const ms = this.isSlow(place) ? usual(which, howLong, this.slowness) : occasional(which, howLong);
    if (ms > 0) this.sleep(ms);
  }

  private changeMood(): void {
    this.left = SHORTEST_MOOD + Math.floor(this.next() * (LONGEST_MOOD - SHORTEST_MOOD));
    this.calm = this.next() < 0.35;
    this.salt = Math.floor(this.next() * 2 ** 32) | 0;
    this.slowness = between(0.05, 3, this.next());
  }

  private isSlow(place: number): boolean {
    return mixed(this.salt ^ Math.imul(place + 1, 0x9e3779b1)) < 0.3;
  }

  /** mulberry32 */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    return mixed(this.state);
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

function nap(ms: number): void {
  Atomics.wait(never, 0, 0, ms);
}

/** Milliseconds before an operation of a slow kind. */
function usual(which: number, howLong: number, slowness: number): number {
  return which < 0.6 ? slowness * (0.5 + howLong) : 0;
}

/** Milliseconds before any other: nothing, the processor given up, a little, a lot, a time slice or several. */
function occasional(which: number, howLong: number): number {
  if (which < 0.7) return 0;
  if (which < 0.85) return 0.001;
  if (which < 0.95) return between(0.02, 0.3, howLong);
  if (which < 0.99) return between(0.3, 2, howLong);
  return between(2, 12, howLong);
}

/** Between two bounds, each order of magnitude equally likely. */
function between(least: number, most: number, draw: number): number {
  return least * (most / least) ** draw;
}

function mixed(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

import { Header, type Arena } from "../../sync";
import type { AtomicOrder } from "../instrumentation";
import type { Perturbation } from "../perturbation";

const STRIPES = 256;
/** A cache line each. */
const STRIPE_WORDS = 16;

export const GUARD_BYTES = STRIPES * STRIPE_WORDS * 4;

/** Holds the lock of a stripe of memory during an atomic operation, so that the operation's number is its true place. */
export class StripedOrder implements AtomicOrder {
  private readonly guards: Int32Array;

  constructor(
    guards: SharedArrayBuffer,
    private readonly arena: Arena,
    private readonly task: number,
    private readonly critical: { enter(): void; leave(): void },
    readonly perturbation: Perturbation | undefined,
    readonly nextSeq: () => number = () => arena.nextSeq(),
  ) {
    this.guards = new Int32Array(guards);
  }

  /** Stripes are of 8 bytes: elements of any size that overlap have the same. */
  private guard(address: number): number {
    return ((address >>> 3) & (STRIPES - 1)) * STRIPE_WORDS;
  }

  enter(address: number): void {
    const { guards } = this;
    const guard = this.guard(address);
    this.critical.enter();
    for (let spins = 1; Atomics.compareExchange(guards, guard, 0, this.task + 1) !== 0; spins++) {
      if (spins % 200 === 0) Atomics.wait(this.arena.words, Header.Never, 0, 0.02);
    }
  }

  /** Of a thread that has died inside. */
  release(task: number): void {
    for (let guard = 0; guard < this.guards.length; guard += STRIPE_WORDS) Atomics.compareExchange(this.guards, guard, task + 1, 0);
  }

  leave(address: number): void {
    Atomics.store(this.guards, this.guard(address), 0);
    this.critical.leave();
  }
}

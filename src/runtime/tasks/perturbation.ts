import { Op } from "../../sync";

const MOST_MS = 2;

/**
 * Seeded random delays before a task's atomics, locks and messages, so that rare orders show. Every task has its own sequence: the
 * delays of one do not depend on what others do.
 */
export class Perturbation {
  private state: number;

  constructor(
    seed: number,
    task: number,
    private readonly sleep: (ms: number) => void,
  ) {
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(task + 1, 0xc2b2ae35);
  }

  before(op: Op): void {
    if (op === Op.Owner || op === Op.Available || op === Op.Length || op === Op.Join) return;
    // Mostly none: an order is rare where one task is late and the others are not.
    const chance = this.next();
    if (chance < 0.25) this.sleep(this.next() * MOST_MS);
  }

  /** mulberry32 */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

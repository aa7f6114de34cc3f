import { Header, TaskWord, taskBlock } from "../../sync";

/** Keeps worker.terminate() from cutting an operation on shared state in two: whoever ends a thread waits until it is in none (host.ts). */
export class CriticalSection {
  private readonly block: number;
  /** An operation may be part of another. */
  private depth = 0;

  constructor(
    private readonly words: Int32Array,
    task: number,
  ) {
    this.block = taskBlock(task);
  }

  enter(): void {
    if (this.depth++ > 0) return;
    const { words, block } = this;
    Atomics.store(words, block + TaskWord.Busy, 1);
    if (Atomics.load(words, block + TaskWord.Doomed) !== 0) this.awaitEnd();
  }

  leave(): void {
    if (--this.depth === 0) this.atRest();
  }

  private atRest(): void {
    Atomics.store(this.words, this.block + TaskWord.Busy, 0);
  }

  /** Being killed: waits for it. */
  awaitEnd(): never {
    this.atRest();
    for (;;) Atomics.wait(this.words, Header.Never, 0);
  }
}

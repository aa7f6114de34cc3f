/**
 * Counts work that is under way, so that a test can wait for "nothing left to draw" instead of sleeping:
 * `await window.__idle` resolves when no work is pending.
 */
let pending = 0;
let waiting: (() => void)[] = [];

declare global {
  interface Window {
    readonly __idle: Promise<void>;
  }
}

Object.defineProperty(window, "__idle", {
  get: () => new Promise<void>((resolve) => (pending === 0 ? resolve() : waiting.push(resolve))),
});

/** Work begins; call the returned function once when it is done. */
export function busy(): () => void {
  let done = false;
  pending++;
  return () => {
    if (done) return;
    done = true;
    if (--pending === 0) {
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) resolve();
    }
  };
}

/** Runs `work` once in the next animation frame, however often it is asked for. */
export function inFrame(work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const done = busy();
    nextFrame(() => {
      asked = false;
      try {
        work();
      } finally {
        done();
      }
    });
  };
}

/** Resolves when what is to be drawn next has been drawn. */
export function afterFrame(): Promise<void> {
  return new Promise((drawn) => nextFrame(() => setTimeout(drawn, 0)));
}

/** Hidden pages get no animation frames; a timer keeps them up to date. */
function nextFrame(work: () => void): void {
  if (document.visibilityState === "visible") requestAnimationFrame(work);
  else setTimeout(work, 50);
}

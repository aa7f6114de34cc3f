/** A look at whether something has come. */
const LOOK_MS = 100;
const LOOKS = 5;

/**
 * Calls `done` when nothing new was heard in five looks one after the other. Looks, not one clock: on a busy machine half a
 * second may pass in which we have not read what had long been there.
 *
 * @param heard counts what has come
 * @returns ends it
 */
export function whenQuiet(heard: () => number, done: () => void): () => void {
  let known = heard();
  let looks = 0;
  const timer = setInterval(() => {
    const now = heard();
    looks = now === known ? looks + 1 : 0;
    known = now;
    if (looks < LOOKS) return;
    clearInterval(timer);
    done();
  }, LOOK_MS);
  return () => clearInterval(timer);
}

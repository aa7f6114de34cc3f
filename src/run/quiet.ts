/** A look at whether something has come. */
const LOOK_MS = 100;
const LOOKS = 5;

/**
 * Calls `quiet` whenever nothing new has been heard for five looks one after the other. Looks, not one clock: on a busy machine
 * half a second may pass in which we have not read what had long been there, and one that stood still wakes with the time over.
 *
 * @param heard counts what has come
 * @param quiet is told how many times in a row it has been so
 * @returns ends it
 */
export function eachQuiet(heard: () => number, quiet: (times: number) => void): () => void {
  let known = heard();
  let looks = 0;
  const timer = setInterval(() => {
    const now = heard();
    looks = (now === known ? looks : 0) + 1;
    known = now;
    if (looks % LOOKS === 0) quiet(looks / LOOKS);
  }, LOOK_MS);
  return () => clearInterval(timer);
}

/** The same, once. */
export function whenQuiet(heard: () => number, done: () => void): () => void {
  const end = eachQuiet(heard, () => {
    end();
    done();
  });
  return end;
}

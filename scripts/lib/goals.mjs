// What a bench's document says of the numbers to reach.

/**
 * A bench names what it wants to reach in `reach`: keys of numbers that are somewhere in its document, each with the most
 * that the number may be, or `{ atLeast: n }`. A number that is null was not told on this machine.
 *
 * @param {string} bench
 * @param {Record<string, unknown>} document
 * @returns {{ bench: string, number: string, reach: number, bound: "at most" | "at least", measured: number | null, met: boolean | null }[]}
 *   one for each number of these names, wherever it stands; one without a measurement for a name that stands nowhere
 */
export function goalsOf(bench, document) {
  const { reach = {}, ...rest } = document;
  const goals = [];
  for (const [name, wanted] of Object.entries(reach)) {
    const atLeast = typeof wanted === "object";
    const limit = atLeast ? wanted.atLeast : wanted;
    const found = [...numbers(rest, name)];
    for (const [path, measured] of found.length > 0 ? found : [[name, null]]) {
      const met = measured === null ? null : atLeast ? measured >= limit : measured <= limit;
      goals.push({ bench, number: path, reach: limit, bound: atLeast ? "at least" : "at most", measured, met });
    }
  }
  return goals;
}

/** Where in a document a name stands for a number or for null; parts of a list are called by their own names where they have some. */
function* numbers(value, name, path = "") {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const called = Array.isArray(value) ? (part?.name ?? part?.kernel ?? key) : key;
    const at = path === "" ? String(called) : `${path}.${called}`;
    if (key === name && (typeof part === "number" || part === null)) yield [at, part];
    else yield* numbers(part, name, at);
  }
}

/** The document among what a bench printed: what was printed before it is no part of it. Throws if there is none. */
export function documentOf(output) {
  const at = output.search(/^\{/m);
  if (at < 0) throw new Error("it printed no document");
  return JSON.parse(output.slice(at));
}

import type { Finding } from "./contract";

/** Of the findings of an earlier run of a snippet, those that a later run in the same mode has not. Its lines may have moved, so places don't count. */
export function goneFindings<T extends Finding>(before: readonly T[], now: readonly Finding[]): T[] {
  const still = new Set(now.map(identity));
  const gone = new Map(before.map((finding) => [identity(finding), finding]));
  return [...gone].filter(([key]) => !still.has(key)).map(([, finding]) => finding);
}

/** What it is about: the kind, and the variable, or the locks of a cycle, or else the words. */
function identity({ kind, variable, cycle, message }: Finding): string {
  const about = variable ?? (cycle ? [...new Set(cycle.map(({ waitsFor }) => waitsFor))].sort().join(" ") : message);
  return `${kind} ${about}`;
}

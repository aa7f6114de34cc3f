import type { Finding } from "./contract";

/** Of the findings of an earlier run of a snippet, those that a later run in the same mode has not. Its lines may have moved, so places don't count. */
export function goneFindings<T extends Finding>(before: readonly T[], now: readonly Finding[]): T[] {
  const still = new Set(now.map(topicOf));
  const gone = new Map(before.map((finding) => [topicOf(finding), finding]));
  return [...gone].filter(([key]) => !still.has(key)).map(([, finding]) => finding);
}

/** What tells that findings of two runs are the same: the kind, and the variable, or the locks of a cycle, or else the words. */
export function topicOf({ kind, variable, cycle, message }: Finding): string {
  const about = variable ?? (cycle ? [...new Set(cycle.map(({ waitsFor }) => waitsFor))].sort().join(" ") : message);
  return `${kind} ${about}`;
}

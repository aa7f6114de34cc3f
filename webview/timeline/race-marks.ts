import type { LocatedFinding } from "../../src/report/contract";

/** Where a finding is marked on a lane. */
export interface RaceMark {
  readonly task: number;
  readonly time: number;
  readonly finding: LocatedFinding;
}

/** The moments of all findings. */
export function raceMarks(findings: readonly LocatedFinding[]): RaceMark[] {
  return findings.flatMap((finding) => finding.events.map(({ task, time }) => ({ task, time, finding })));
}

import type { LocatedFinding } from "../../src/report/contract";
import { formatSteps, stepTasks } from "../../src/report/format-steps";
import type { Words } from "../l10n";

/** A value as the report gives it, in one line. */
export function formatEvidence(value: unknown): string {
  if (value === undefined) return "–";
  if (typeof value === "object" && value !== null) {
    if ("$bigint" in value) return `${String(value.$bigint)}n`;
    if ("$number" in value) return String(value.$number);
    if ("$undefined" in value) return "undefined";
  }
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The moment of the n-th access or cycle entry: by position, or the task's first where positions do not match. */
export function momentOf(finding: LocatedFinding, n: number, task: number): LocatedFinding["events"][number] | undefined {
  const at = finding.events[n];
  return at?.task === task ? at : finding.events.find((moment) => moment.task === task);
}

/** A finding as plain text, for the clipboard. */
export function findingText(words: Words, finding: LocatedFinding, name: (task: number) => string): string {
  const does = { read: words.opRead, write: words.opWrite, update: words.opUpdate };
  const accesses = (finding.accesses ?? []).map(
    (access) =>
      `- ${name(access.task)} ${does[access.op]}${access.atomic ? ` ${words.atomically}` : ""} ${formatEvidence(access.value)} — ${access.file}:${access.line}:${access.column} ${access.text} (${words.accessLocks}: ${access.locks.join(", ") || words.noLocks})`,
  );
  const cycle = (finding.cycle ?? []).map(
    (entry) => `- ${name(entry.task)} ${words.waitsForIn(entry.waitsFor)}${entry.holds.length > 0 ? `; ${words.holds(entry.holds.join(", "))}` : ""} — ${entry.file}:${entry.line}`,
  );
  const evidence = [...accesses, ...cycle].join("\n");
  const { steps = [] } = finding;
  const table = stepTasks(steps).length > 1 ? [formatSteps(steps, name, words.line).join("\n")] : [];
  return [`${words.kinds[finding.kind]}: ${finding.message}`, ...(evidence ? [evidence] : []), ...table, ...finding.explanation].join("\n\n") + "\n";
}

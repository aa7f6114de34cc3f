import type { Report, TaskCosts } from "./contract";
import type { Words } from "./words";

/** A line per task that has told what it used, and one per means by which it communicated. */
export function formatCosts(report: Report, costs: readonly TaskCosts[], words: Words): string[] {
  const names = new Map(report.tasks.map(({ id, name }) => [id, name]));
  // A run that was ended from outside has no task that could have told.
  const whole = report.outcome === "completed" || report.outcome === "crashed";
  return costs.flatMap((cost) => {
    const task = `${names.get(cost.task) ?? ""} (#${cost.task})`;
    const cpu = cost.cpuUserMs === null ? undefined : fixed(cost.cpuUserMs + (cost.cpuSystemMs ?? 0));
    const told = cost.memoryBytes !== null || cpu !== undefined;
    const lines = told
      ? [`  ${words.costLine(task, fixed(cost.createdInMs), fixed(cost.memoryBytes === null ? null : cost.memoryBytes / 1e6), cpu, cost.voluntarySwitches ?? undefined, cost.involuntarySwitches ?? undefined)}`]
      : whole
        ? [`  ${words.costsNotTold(task, fixed(cost.createdInMs))}`]
        : [];
    for (const { means, sent, sentBytes, received, receivedBytes } of cost.communication) lines.push(`    ${words.trafficLine(means, sent, sentBytes, received, receivedBytes)}`);
    return lines;
  });
}

function fixed(value: number | null): string | undefined {
  return value === null ? undefined : value.toFixed(1);
}

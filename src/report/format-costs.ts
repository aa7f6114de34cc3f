import type { Report, TaskCosts } from "./contract";
import type { Words } from "./words";

/** A line per task that has told what it used, and one per means by which it communicated. */
export function formatCosts(report: Report, costs: readonly TaskCosts[], words: Words): string[] {
  const names = new Map(report.tasks.map(({ id, name }) => [id, name]));
  return costs.flatMap((cost) => {
    const cpu = cost.cpuUserMs === null ? undefined : fixed(cost.cpuUserMs + (cost.cpuSystemMs ?? 0));
    const told = cost.memoryBytes !== null || cpu !== undefined;
    const lines = told
      ? [`  ${words.costLine(`${names.get(cost.task) ?? ""} (#${cost.task})`, fixed(cost.createdInMs), fixed(cost.memoryBytes === null ? null : cost.memoryBytes / 1e6), cpu, cost.voluntarySwitches ?? undefined, cost.involuntarySwitches ?? undefined)}`]
      : [];
    for (const { means, sent, sentBytes, received, receivedBytes } of cost.communication) lines.push(`    ${words.trafficLine(means, sent, sentBytes, received, receivedBytes)}`);
    return lines;
  });
}

function fixed(value: number | null): string | undefined {
  return value === null ? undefined : value.toFixed(1);
}

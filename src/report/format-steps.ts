import type { FindingStep } from "./contract";

/** Wider tables break at the edge of a terminal. */
const MAX_WIDTH = 120;

/** The tasks that steps are of, by number: the columns of their table, in the order of lanes and lists everywhere else. */
export function stepTasks(steps: readonly FindingStep[]): number[] {
  return [...new Set(steps.map(({ task }) => task))].sort((a, b) => a - b);
}

/**
 * A table of steps, a column per task, a line per step with its line in the source before it. Where it would be too wide, each step with
 * its task's name.
 */
export function formatSteps(steps: readonly FindingStep[], name: (task: number) => string, line: (n: number) => string): string[] {
  if (steps.length === 0) return [];
  const tasks = stepTasks(steps);
  const labels = steps.map((step) => line(step.line));
  const margin = Math.max(...labels.map(widthOf));
  const widths = tasks.map((task) => Math.max(widthOf(name(task)), ...steps.filter((step) => step.task === task).map(({ text }) => widthOf(text))));
  if (margin + widths.reduce((sum, width) => sum + width + GAP, 0) > MAX_WIDTH) return steps.map((step, i) => `${padded(labels[i]!, margin)}  ${name(step.task)}: ${step.text}`);
  const row = (label: string, cells: readonly string[]): string => [padded(label, margin), ...cells.map((cell, i) => padded(cell, widths[i]!))].join(" ".repeat(GAP)).trimEnd();
  return [row("", tasks.map(name)), ...steps.map((step, i) => row(labels[i]!, tasks.map((task) => (task === step.task ? step.text : ""))))];
}

const GAP = 3;

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Columns that a text takes at a terminal: Chinese characters take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(char) ? 2 : 1;
  return width;
}

import { html, type TemplateResult } from "lit";

/** Six task colours repeat; the number in the badge tells tasks apart without them. */
export const TASK_COLOURS = 6;

/** A task's number in its colour. */
export function taskBadge(task: number): TemplateResult {
  return html`<span class="task-badge task-${task % TASK_COLOURS}" aria-hidden="true">${task}</span>`;
}

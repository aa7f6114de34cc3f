import { html, type TemplateResult } from "lit";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import type { PanelStore } from "../state/store";

/** A drop-down: all tasks, or one. */
export function taskSelect(store: PanelStore, label: string, chosen: number | undefined, choose: (task: number | undefined) => void): TemplateResult {
  const { words, trace } = store;
  const tasks = [...trace.tasks.values()].sort((a, b) => a.meta.id - b.meta.id);
  const changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement) || !("value" in target)) return;
    const value = String(target.value);
    choose(value === "all" ? undefined : Number(value));
  };
  return html`<vscode-single-select class="task-select" label=${label} aria-label=${label} .value=${chosen === undefined ? "all" : String(chosen)} @change=${changed}>
    <vscode-option value="all" ?selected=${chosen === undefined}>${words.allTasks}</vscode-option>
    ${tasks.map(({ meta, name }) => html`<vscode-option value=${String(meta.id)} ?selected=${chosen === meta.id}>${meta.id} ${name}</vscode-option>`)}
  </vscode-single-select>`;
}

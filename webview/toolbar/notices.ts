import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { Diagnostic } from "../../src/trace";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import type { PanelStore, Topic } from "../state/store";

/** What the student must know about this run: did not compile, why it ended, warnings, what is not drawn. */
@customElement("cp-notices")
export class Notices extends PanelPart {
  protected readonly topics: readonly Topic[] = ["run", "trace"];

  protected override render(): TemplateResult {
    const { store } = this;
    const { words, state, trace } = store;
    const ended = state.phase === "ended" ? state : undefined;
    const errors = ended?.diagnostics.filter(({ severity }) => severity === "error") ?? [];
    const told = ended?.diagnostics ?? trace.header?.warnings ?? [];
    const warnings = told.filter(({ severity }) => severity === "warning");
    let dropped = 0;
    for (const task of trace.tasks.values()) dropped += task.dropped;
    return html`<div class="notices">
      ${errors.length > 0 ? html`<div class="notice bad" role="alert">${icon("error")}<div><strong>${words.notCompiled}.</strong> ${words.notCompiledLead}${diagnosticList(store, errors)}</div></div>` : nothing}
      ${ended?.reason && errors.length === 0 ? html`<div class="notice ${ended.outcome === "completed" ? "" : "warn"}">${icon("info")}<div>${sentence(ended.reason)}</div></div>` : nothing}
      ${warnings.length > 0
        ? html`<details class="notice warn"><summary>${icon("warning")}<span>${words.warnings(warnings.length)}${warnings.length === 1 ? html`: ${warnings[0]!.message}` : nothing}</span></summary>${diagnosticList(store, warnings)}</details>`
        : nothing}
      ${dropped > 0 ? html`<div class="notice">${icon("info")}<div>${words.dropped(dropped)}</div></div>` : nothing}
      ${ended && trace.problems.length > 0 ? html`<div class="notice warn">${icon("warning")}<div>${words.problems(trace.problems.length)}</div></div>` : nothing}
    </div>`;
  }
}

/** Reasons also stand after a colon; here they stand alone. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Messages of the compiler; a click goes to the place. */
export function diagnosticList(store: PanelStore, diagnostics: readonly Diagnostic[]): TemplateResult {
  const reveal = ({ file, line, column, endLine, endColumn }: Diagnostic): void =>
    store.post({ type: "reveal", file, line, column, ...(endLine === undefined ? {} : { endLine }), ...(endColumn === undefined ? {} : { endColumn }) });
  return html`<ul class="diagnostics">
    ${diagnostics.map((one) => html`<li><button class="link" @click=${() => reveal(one)}>${fileName(one.file)}:${one.line}:${one.column}</button> ${one.message}</li>`)}
  </ul>`;
}

/** The last part of a path, of either kind of slash. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

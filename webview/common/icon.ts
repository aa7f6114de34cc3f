import { html, type TemplateResult } from "lit";

/** A codicon; decorative, so screen readers pass over it. */
export function icon(name: string, extra = ""): TemplateResult {
  return html`<span class="codicon codicon-${name} ${extra}" aria-hidden="true"></span>`;
}

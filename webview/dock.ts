import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { icon } from "./common/icon";
import { PanelPart } from "./common/part";
import "./costs/costs";
import "./events/events";
import "./findings/findings";
import "./locks/locks";
import "./memory/memory";
import "./output/output";
import "./source/source";
import type { DockSide, Part } from "./state/persisted";
import type { Topic } from "./state/store";

const ICONS: Record<Part, string> = {
  findings: "warning",
  memory: "symbol-variable",
  locks: "lock",
  costs: "dashboard",
  source: "code",
  output: "output",
  events: "list-ordered",
};

/** A group of parts behind tabs. */
@customElement("cp-dock")
export class Dock extends PanelPart {
  protected readonly topics: readonly Topic[] = ["layout", "findings", "run"];
  side: DockSide = "all";
  parts: readonly Part[] = [];

  private get chosen(): Part {
    return this.store.parts[this.side] ?? this.parts[0]!;
  }

  protected override render(): TemplateResult {
    const { chosen, side } = this;
    return html`<div class="dock">
      <div class="tabs" role="tablist" @keydown=${(event: KeyboardEvent) => this.key(event)}>${this.parts.map((part) => this.tab(part, part === chosen))}</div>
      <div class="tab-panel" role="tabpanel" id="panel-${side}" aria-labelledby="tab-${side}-${chosen}">${this.content(chosen)}</div>
    </div>`;
  }

  private tab(part: Part, chosen: boolean): TemplateResult {
    const { store, side } = this;
    const title = store.words[part === "events" ? "eventsTable" : part];
    const count = part === "findings" ? store.findings.length : 0;
    return html`<button
      role="tab"
      id="tab-${side}-${part}"
      class="tab"
      aria-selected=${chosen ? "true" : "false"}
      aria-controls="panel-${side}"
      tabindex=${chosen ? 0 : -1}
      title=${title}
      @click=${() => store.open(part)}
    >
      ${icon(ICONS[part])}<span class="tab-title">${title}</span>${count > 0 ? html`<span class="badge ${part === "findings" ? "alert" : ""}">${count}</span>` : nothing}
    </button>`;
  }

  private content(part: Part): TemplateResult {
    const { store } = this;
    switch (part) {
      case "findings":
        return html`<cp-findings .store=${store}></cp-findings>`;
      case "memory":
        return html`<cp-memory .store=${store}></cp-memory>`;
      case "locks":
        return html`<cp-locks .store=${store}></cp-locks>`;
      case "costs":
        return html`<cp-costs .store=${store}></cp-costs>`;
      case "source":
        return html`<cp-source .store=${store}></cp-source>`;
      case "output":
        return html`<cp-output .store=${store}></cp-output>`;
      case "events":
        return html`<cp-events .store=${store}></cp-events>`;
    }
  }

  /** Arrow keys, Home and End move between tabs, as in the WAI-ARIA tabs pattern. */
  private key(event: KeyboardEvent): void {
    const { parts } = this;
    const at = parts.indexOf(this.chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: parts.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = parts[(to + parts.length) % parts.length]!;
    this.store.open(next);
    this.querySelector<HTMLElement>(`#tab-${this.side}-${next}`)?.focus();
  }
}

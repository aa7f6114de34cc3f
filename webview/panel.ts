import { html, nothing, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import type { PanelCommand } from "../src/vscode/panel-messages";
import { PanelPart } from "./common/part";
import "./compare/compare";
import "./dock";
import "./help/help";
import { announcement } from "./toolbar/announce";
import "./toolbar/notices";
import "./toolbar/toolbar";
import { DOCKS } from "./state/persisted";
import type { Topic } from "./state/store";
import { handleKey } from "./keys";
import "./splitter";
import "./timeline/timeline";
import type { Timeline } from "./timeline/timeline";
import { fitRange } from "./timeline/viewport";

/** From this width on the parts stand in two columns. */
const WIDE = 960;

/** The whole panel. */
@customElement("cp-panel")
export class Panel extends PanelPart {
  protected readonly topics: readonly Topic[] = ["run", "layout", "findings", "comparison"];
  @query("cp-timeline") private timeline!: Timeline | null;
  private wide = window.innerWidth >= WIDE;
  private helpShown = false;
  private readonly onKey = (event: KeyboardEvent): void => handleKey(event, this);
  private readonly observer = new ResizeObserver(() => {
    const wide = this.offsetWidth >= WIDE;
    if (wide === this.wide) return;
    this.wide = wide;
    this.requestUpdate();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.store.command = (command) => this.command(command);
    document.addEventListener("keydown", this.onKey);
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.onKey);
    this.observer.disconnect();
  }

  protected override render(): TemplateResult {
    const { store } = this;
    const { words } = store;
    return html`<main class="panel" aria-label=${words.panel}>
      ${store.page === "compare" || store.run === 0 ? nothing : html`<h1 class="sr-only">${words.panel}</h1>`}
      <cp-toolbar .store=${store}></cp-toolbar>
      ${this.content()}
      ${this.helpShown ? html`<cp-help .store=${store} .close=${() => this.showHelp(false)}></cp-help>` : nothing}
      <div class="sr-only" role="status" aria-live="polite">${announcement(store)}</div>
    </main>`;
  }

  private content(): TemplateResult {
    const { store } = this;
    if (store.page === "compare") return html`<cp-compare .store=${store}></cp-compare>`;
    return html`<cp-notices .store=${store}></cp-notices>${store.run === 0 ? this.emptyState() : this.parts()}`;
  }

  private parts(): TemplateResult {
    const { store, wide } = this;
    const { words, split } = store;
    const grow = (part: number): string => `flex:${part} 1 0`;
    return html`<div class="stack">
            <div class="pane" .style=${grow(split.timeline)}><cp-timeline .store=${store}></cp-timeline></div>
            <cp-splitter orientation="horizontal" .label=${words.resizeTimeline} .value=${split.timeline} .change=${(timeline: number) => store.resize({ timeline })}></cp-splitter>
            <div class="pane columns" .style=${grow(1 - split.timeline)}>
              ${wide
                ? html`<div class="pane" .style=${grow(split.left)}><cp-dock .store=${store} .side=${"left"} .parts=${DOCKS.left}></cp-dock></div>
                    <cp-splitter orientation="vertical" .label=${words.resizeParts} .value=${split.left} .change=${(left: number) => store.resize({ left })}></cp-splitter>
                    <div class="pane" .style=${grow(1 - split.left)}><cp-dock .store=${store} .side=${"right"} .parts=${DOCKS.right}></cp-dock></div>`
                : html`<div class="pane" .style=${grow(1)}><cp-dock .store=${store} .side=${"all"} .parts=${DOCKS.all}></cp-dock></div>`}
            </div>
          </div>`;
  }

  private emptyState(): TemplateResult {
    const { words } = this.store;
    return html`<section class="empty">
      <span class="codicon codicon-server-process empty-icon" aria-hidden="true"></span>
      <h1>${words.emptyTitle}</h1>
      <ol>
        ${words.emptySteps.map((step) => html`<li>${step}</li>`)}
      </ol>
      <div class="empty-actions">
        <button class="button" @click=${() => this.store.post({ type: "run", mode: "threads" })}>${words.run} · ${words.threads}</button>
        <button class="button secondary" @click=${() => this.store.post({ type: "run", mode: "processes" })}>${words.run} · ${words.processes}</button>
        <button class="button secondary" @click=${() => this.store.post({ type: "compare" })}>${words.compare.button}</button>
      </div>
    </section>`;
  }

  showHelp(shown: boolean): void {
    this.helpShown = shown;
    this.requestUpdate();
  }

  /** What keys, toolbar and the extension's commands ask for. */
  command(command: PanelCommand): void {
    switch (command) {
      case "stepForward":
        return this.store.step(1);
      case "stepBack":
        return this.store.step(-1);
      case "play":
        return this.store.player.toggle();
      case "zoomIn":
        return this.timeline?.zoom(1 / 1.6);
      case "zoomOut":
        return this.timeline?.zoom(1.6);
      case "fit":
        return this.fit();
      case "help":
        return this.showHelp(!this.helpShown);
      case "nextFinding":
        return this.otherFinding(1);
      case "previousFinding":
        return this.otherFinding(-1);
    }
  }

  pan(part: number): void {
    this.timeline?.pan(part);
  }

  /** Fits the selected finding, else the stretch of the lane that the playhead is in. */
  private fit(): void {
    const { store } = this;
    const finding = store.findings.find(({ id }) => id === store.selectedFinding);
    if (finding && finding.events.length > 0) {
      const times = finding.events.map(({ time }) => time);
      return store.show(fitRange(Math.min(...times), Math.max(...times), store.duration));
    }
    const inside = store.views.lanes
      .map(({ lane, columns }) => lane.spans[columns.at(store.playhead)])
      .filter((span) => span !== undefined)
      .sort((a, b) => a.to - a.from - (b.to - b.from))[0];
    if (inside) store.show(fitRange(inside.from, inside.to, store.duration));
  }

  private otherFinding(direction: 1 | -1): void {
    const { findings, selectedFinding } = this.store;
    if (findings.length === 0) return;
    const at = findings.findIndex(({ id }) => id === selectedFinding);
    const next = findings[at < 0 ? (direction === 1 ? 0 : findings.length - 1) : (at + direction + findings.length) % findings.length]!;
    this.store.selectFinding(next.id);
    this.store.open("findings");
    const [first] = next.events;
    if (first) this.store.showMoments(next.events.map(({ time }) => time), first);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cp-panel": Panel;
  }
}

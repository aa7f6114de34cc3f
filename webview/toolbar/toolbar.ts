import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { RunMode } from "../../src/trace";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import type { Topic } from "../state/store";
import { paceSelect } from "./pace-select";
import { perturbToggle } from "./perturb-toggle";
import { runStateIcon, runStateText } from "./run-state";

/** What the student can look at. */
type View = RunMode | "compare";
const VIEWS: readonly View[] = ["threads", "processes", "compare"];
const ICONS: Record<View, string> = { threads: "git-merge", processes: "multiple-windows", compare: "git-compare" };

/** Run again, stop, the mode, the state of the run, playback. */
@customElement("cp-toolbar")
export class Toolbar extends PanelPart {
  protected readonly topics: readonly Topic[] = ["run", "playback", "layout", "comparison"];
  private timer: ReturnType<typeof setInterval> | undefined;

  protected override updated(): void {
    const running = this.store.state.phase === "running";
    if (running) this.timer ??= setInterval(() => this.requestUpdate(), 100);
    else this.stopTimer();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTimer();
  }

  private stopTimer(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  protected override render(): TemplateResult {
    const { store } = this;
    const { words } = store;
    const comparing = store.page === "compare";
    return html`<div class="toolbar" role="toolbar" aria-label=${words.panel}>
      ${comparing ? this.compareButton() : this.runButton()}
      <div class="segments" role="radiogroup" aria-label=${words.mode} @keydown=${(event: KeyboardEvent) => this.viewKey(event)}>${VIEWS.map((view) => this.segment(view))}</div>
      ${comparing ? nothing : html`${perturbToggle(store)}${this.runState()}`}
      <span class="spacer"></span>
      ${comparing || store.run === 0 ? nothing : html`<span class="group">${this.playback()}</span>`}
      <span class="group">
        ${comparing || store.run === 0 ? nothing : this.iconButton("save", words.saveTrace, () => store.post({ type: "save-trace" }))}${this.iconButton("question", words.help, () => store.command("help"))}
      </span>
    </div>`;
  }

  private runButton(): TemplateResult {
    const { store } = this;
    const { words, mode } = store;
    return store.state.phase === "running"
      ? html`<button class="button stop" @click=${() => store.post({ type: "stop" })}>${icon("debug-stop")}${words.stop}</button>`
      : html`<button class="button" @click=${() => store.post({ type: "run", mode })}>${icon("play")}${store.run > 0 ? words.runAgain : words.run}</button>`;
  }

  private compareButton(): TemplateResult {
    const { store } = this;
    const { words } = store;
    return store.comparison?.running
      ? html`<button class="button stop" @click=${() => store.post({ type: "stop" })}>${icon("debug-stop")}${words.stop}</button>`
      : html`<button class="button" @click=${() => store.post({ type: "compare" })}>${icon("git-compare")}${words.compare.again}</button>`;
  }

  private runState(): TemplateResult {
    const { words, state, perturbed } = this.store;
    const { icon: stateIcon, tone } = runStateIcon(state);
    const exit = state.phase === "ended" && state.exitCode !== null && state.exitCode !== 0 ? words.exitCode(state.exitCode) : undefined;
    return html`<span class="run-state tone-${tone}" title=${state.phase === "ended" ? (state.reason ?? "") : ""}>
      ${icon(stateIcon)}<span class="run-state-text">${runStateText(words, state, performance.now())}</span>${exit ? html`<span class="muted exit-code">${exit}</span>` : nothing}${perturbed === null
        ? nothing
        : html`<span class="perturbed" title=${words.perturb.shownTitle(perturbed)}>${icon("pulse")}${words.perturb.shown(perturbed)}</span>`}
    </span>`;
  }

  private playback(): TemplateResult {
    const { store } = this;
    const { words, player } = store;
    return html`${this.iconButton("debug-step-back", words.stepBack, () => store.step(-1))}${player.playing
      ? this.iconButton("debug-pause", words.pause, () => player.toggle())
      : this.iconButton("debug-start", words.play, () => player.toggle())}${this.iconButton("debug-step-over", words.stepForward, () => store.step(1))}
    ${paceSelect(store)}`;
  }

  private iconButton(name: string, title: string, act: () => void): TemplateResult {
    return html`<button class="icon-button" title=${title} aria-label=${title} @click=${act}>${icon(name)}</button>`;
  }

  private get view(): View {
    return this.store.page === "compare" ? "compare" : this.store.mode;
  }

  private segment(view: View): TemplateResult {
    const { words } = this.store;
    const { title, hint } = view === "compare" ? { title: words.compare.button, hint: words.compare.buttonTitle } : { title: words[view], hint: view === "threads" ? words.runAsThreads : words.runAsProcesses };
    const chosen = this.view === view;
    return html`<button class="segment" role="radio" data-view=${view} aria-checked=${chosen ? "true" : "false"} tabindex=${chosen ? 0 : -1} title=${hint} @click=${() => this.choose(view)}>${icon(ICONS[view])}<span>${title}</span></button>`;
  }

  private choose(view: View): void {
    if (view === this.view) return;
    if (view === "compare") this.store.showComparison();
    else this.store.showRun(view);
  }

  /** In a toolbar, arrows move the focus between radio buttons without choosing (WAI-ARIA, radio group in a toolbar): each of these starts a run. */
  private viewKey(event: KeyboardEvent): void {
    const by = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...this.querySelectorAll<HTMLElement>(".segment")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  }
}

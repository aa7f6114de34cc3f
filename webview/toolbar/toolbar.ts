import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { RunMode } from "../../src/trace";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import type { Topic } from "../state/store";
import { paceSelect } from "./pace-select";
import { runStateIcon, runStateText } from "./run-state";

/** Run again, stop, the mode, the state of the run, playback. */
@customElement("cp-toolbar")
export class Toolbar extends PanelPart {
  protected readonly topics: readonly Topic[] = ["run", "playback"];
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
    const { words, state, mode } = store;
    const running = state.phase === "running";
    const { icon: stateIcon, tone } = runStateIcon(state);
    const exit = state.phase === "ended" && state.exitCode !== null && state.exitCode !== 0 ? words.exitCode(state.exitCode) : undefined;
    const step = (name: string, title: string, act: () => void): TemplateResult => html`<button class="icon-button" title=${title} aria-label=${title} @click=${act}>${icon(name)}</button>`;
    return html`<div class="toolbar" role="toolbar" aria-label=${words.panel}>
      ${running
        ? html`<button class="button stop" @click=${() => store.post({ type: "stop" })}>${icon("debug-stop")}${words.stop}</button>`
        : html`<button class="button" @click=${() => store.post({ type: "run", mode })}>${icon("play")}${store.run > 0 ? words.runAgain : words.run}</button>`}
      <div class="segments" role="radiogroup" aria-label=${words.mode} @keydown=${(event: KeyboardEvent) => this.modeKey(event)}>
        ${this.segment("threads", words.threads, words.runAsThreads)}${this.segment("processes", words.processes, words.runAsProcesses)}
      </div>
      <span class="run-state tone-${tone}" title=${state.phase === "ended" ? (state.reason ?? "") : ""}>${icon(stateIcon)}<span class="run-state-text">${runStateText(words, state, performance.now())}</span>${exit ? html`<span class="muted exit-code">${exit}</span>` : nothing}</span>
      <span class="spacer"></span>
      <span class="group">
        ${step("debug-step-back", words.stepBack, () => store.step(-1))}${store.player.playing ? step("debug-pause", words.pause, () => store.player.toggle()) : step("debug-start", words.play, () => store.player.toggle())}${step("debug-step-over", words.stepForward, () => store.step(1))}
        ${paceSelect(store)}
      </span>
      <span class="group">${step("save", words.saveTrace, () => store.post({ type: "save-trace" }))}${step("question", words.help, () => store.command("help"))}</span>
    </div>`;
  }

  private segment(mode: RunMode, title: string, hint: string): TemplateResult {
    const chosen = this.store.mode === mode;
    return html`<button class="segment" role="radio" aria-checked=${chosen ? "true" : "false"} tabindex=${chosen ? 0 : -1} title=${hint} @click=${() => this.choose(mode)}>${icon(mode === "threads" ? "git-merge" : "multiple-windows")}<span>${title}</span></button>`;
  }

  private choose(mode: RunMode): void {
    if (mode === this.store.mode) return;
    this.store.mode = mode;
    this.store.touch("run");
    this.store.post({ type: "run", mode });
  }

  private modeKey(event: KeyboardEvent): void {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    this.choose(this.store.mode === "threads" ? "processes" : "threads");
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".segment[aria-checked=true]")?.focus());
  }
}

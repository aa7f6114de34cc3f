import { LitElement, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

/** A bar between two panes that can be moved by mouse and keys. */
@customElement("cp-splitter")
export class Splitter extends LitElement {
  /** Of the bar itself: "horizontal" lies between an upper and a lower pane. */
  @property() orientation: "horizontal" | "vertical" = "horizontal";
  @property() label = "";
  /** Share of the first pane. */
  @property({ type: Number }) value = 0.5;
  change: (value: number) => void = () => undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="splitter ${this.orientation}"
      role="separator"
      tabindex="0"
      aria-label=${this.label}
      aria-orientation=${this.orientation}
      aria-valuenow=${Math.round(this.value * 100)}
      aria-valuemin="10"
      aria-valuemax="90"
      @pointerdown=${(event: PointerEvent) => this.press(event)}
      @keydown=${(event: KeyboardEvent) => this.key(event)}
    ></div>`;
  }

  private set(value: number): void {
    this.change(Math.min(0.9, Math.max(0.1, value)));
  }

  private press(down: PointerEvent): void {
    const bar = down.currentTarget;
    const box = this.parentElement?.getBoundingClientRect();
    if (!(bar instanceof HTMLElement) || !box) return;
    down.preventDefault();
    bar.setPointerCapture(down.pointerId);
    const controller = new AbortController();
    const { signal } = controller;
    bar.addEventListener("pointermove", (event) => this.set(this.orientation === "horizontal" ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width), { signal });
    for (const end of ["pointerup", "pointercancel"]) bar.addEventListener(end, () => controller.abort(), { signal });
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowUp: -0.04, ArrowLeft: -0.04, ArrowDown: 0.04, ArrowRight: 0.04 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.set(this.value + step);
  }
}

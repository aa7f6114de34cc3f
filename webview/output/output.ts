import { html, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { icon } from "../common/icon";
import { PanelPart } from "../common/part";
import { taskBadge } from "../common/task-badge";
import { taskSelect } from "../common/task-select";
import { VirtualList } from "../common/virtual-list";
import type { Topic } from "../state/store";
import { taskName } from "../timeline/describe";
import { OutputLines } from "./output-lines";

const ROW = 20;

/** What the tasks printed, merged or of one task. */
@customElement("cp-output")
export class Output extends PanelPart {
  protected readonly topics: readonly Topic[] = ["trace", "playhead", "run"];
  @query(".output-lines") private scroller!: HTMLElement | null;
  private lines: OutputLines | undefined;
  private only: number | undefined;
  private tail = true;
  private offset = 0;
  private viewHeight = 300;
  private readonly observer = new ResizeObserver(() => {
    this.viewHeight = this.scroller?.clientHeight ?? 300;
    this.requestUpdate();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override updated(): void {
    const { scroller } = this;
    if (!scroller) return;
    this.observer.observe(scroller);
    const { end } = this.list;
    if (this.tail && Math.abs(scroller.scrollTop - end) > 1) scroller.scrollTop = end;
  }

  private get model(): OutputLines {
    const { trace } = this.store;
    if (this.lines?.trace !== trace) {
      this.lines = new OutputLines(trace);
      if (this.only !== undefined && !trace.tasks.has(this.only)) this.only = undefined;
    }
    this.lines.update();
    return this.lines;
  }

  private get list(): VirtualList {
    return new VirtualList(this.lines?.count(this.only) ?? 0, ROW, this.viewHeight);
  }

  protected override render(): TemplateResult {
    const { store, model } = this;
    const { words } = store;
    const { list } = this;
    const { first, last, top } = list.visible(this.tail ? list.end : this.offset);
    const rows: TemplateResult[] = [];
    for (let n = first; n < last; n++) rows.push(this.line(model, model.line(n, this.only)));
    return html`<div class="part-bar">
        ${taskSelect(store, words.outputOf, this.only, (task) => this.choose(task))}
        <span class="spacer"></span>
        <button class="icon-button" aria-pressed=${this.tail ? "true" : "false"} title=${words.tailTitle} aria-label=${words.tailTitle} @click=${() => this.follow(!this.tail)}>${icon("fold-down")}</button>
      </div>
      ${list.count === 0
        ? html`<div class="part-empty"><p>${words.noOutput}</p></div>`
        : html`<div class="output-lines" role="log" aria-live="off" aria-label=${words.output} tabindex="0" @scroll=${(event: Event) => this.scrolled(event)}>
            <div .style=${`height:${list.height}px;position:relative`}><div .style=${`position:absolute;left:0;min-width:100%;top:${top}px`}>${rows}</div></div>
          </div>`}`;
  }

  private line(model: OutputLines, n: number): TemplateResult {
    const { store } = this;
    const task = model.tasks[n]!;
    const time = model.times[n]!;
    const later = time > store.playhead;
    const error = model.errors[n]!;
    return html`<div class="output-line ${error ? "stderr" : ""} ${later ? "later" : ""}" title=${taskName(store.trace, task)} @click=${() => store.seek(time)}>${taskBadge(task)}${error ? html`<span class="sr-only">${store.words.stderr}</span>` : ""}<span class="output-text">${model.texts[n]}</span></div>`;
  }

  private choose(task: number | undefined): void {
    this.only = task;
    this.requestUpdate();
  }

  private follow(tail: boolean): void {
    this.tail = tail;
    this.requestUpdate();
  }

  private scrolled({ target }: Event): void {
    if (!(target instanceof HTMLElement)) return;
    this.offset = target.scrollTop;
    // Scrolling up lets go of the tail, scrolling to the end takes it up again.
    this.tail = this.offset >= this.list.end - 2;
    this.requestUpdate();
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { PanelPart } from "../common/part";
import { taskBadge } from "../common/task-badge";
import { taskSelect } from "../common/task-select";
import { VirtualList } from "../common/virtual-list";
import { lastEventAt, type EventRef } from "../state/event-order";
import type { Topic } from "../state/store";
import { eventText, taskName } from "../timeline/describe";
import { formatMoment } from "../timeline/ticks";

const ROW = 22;
/** The head stays at the top of the scrolled rows. */
const HEAD = 26;

/** Every event as a row: the timeline for keyboard and screen reader. */
@customElement("cp-events")
export class Events extends PanelPart {
  protected readonly topics: readonly Topic[] = ["trace", "playhead", "run"];
  @query(".events") private scroller!: HTMLElement | null;
  private only: number | undefined;
  private viewHeight = 300;
  private offset = 0;
  private readonly observer = new ResizeObserver(() => {
    this.viewHeight = this.seen;
    this.requestUpdate();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  override firstUpdated(): void {
    const { playhead, duration } = this.store;
    this.viewHeight = this.seen;
    if (playhead < duration) this.reveal();
  }

  protected override updated(): void {
    if (this.scroller) this.observer.observe(this.scroller);
  }

  protected override storeChanged(topics: ReadonlySet<Topic>): void {
    if (topics.has("run") && this.only !== undefined && !this.store.trace.tasks.has(this.only)) this.only = undefined;
    if (topics.has("playhead")) this.reveal();
  }

  /** Height that is left for rows. */
  private get seen(): number {
    return this.scroller ? Math.max(0, this.scroller.clientHeight - HEAD) : 300;
  }

  private get count(): number {
    const { trace, views } = this.store;
    return this.only === undefined ? views.order.length : (trace.tasks.get(this.only)?.events.length ?? 0);
  }

  private eventAt(row: number): EventRef {
    return this.only === undefined ? this.store.views.order.at(row) : { task: this.only, index: row };
  }

  /** The row of the event at or before the playhead. */
  private get current(): number {
    const { trace, views, playhead, at } = this.store;
    if (this.only === undefined) return views.order.rowOf(trace, playhead, at);
    const task = trace.tasks.get(this.only);
    return task ? lastEventAt(task, playhead, at) : -1;
  }

  private reveal(): void {
    const { scroller } = this;
    if (!scroller) return;
    const row = Math.max(0, this.current);
    const top = new VirtualList(this.count, ROW, this.viewHeight).reveal(row, this.offset);
    if (top !== this.offset) this.offset = scroller.scrollTop = top;
  }

  protected override render(): TemplateResult {
    const { store, count, current } = this;
    const { words } = store;
    const list = new VirtualList(count, ROW, this.viewHeight);
    const { first, last, top } = list.visible(this.offset);
    const rows: TemplateResult[] = [];
    for (let row = first; row < last; row++) rows.push(this.row(row, row === current));
    return html`<div class="part-bar">${taskSelect(store, words.columnTask, this.only, (task) => this.choose(task))}</div>
      ${count === 0
        ? html`<div class="part-empty"><p>${words.noEvents}</p></div>`
        : html`<div class="events" role="grid" aria-label=${words.eventsTable} aria-rowcount=${count + 1} aria-activedescendant=${current >= first && current < last ? `event-${current}` : nothing} tabindex="0" @keydown=${(event: KeyboardEvent) => this.key(event)} @scroll=${(event: Event) => this.scrolled(event)}>
            <div class="event-row head" role="row" aria-rowindex="1">
              <span role="columnheader">${words.columnTime}</span><span role="columnheader">${words.columnTask}</span><span role="columnheader">${words.columnEvent}</span><span role="columnheader">${words.columnPlace}</span>
            </div>
            <div role="presentation" .style=${`height:${list.height}px;position:relative`}><div role="presentation" .style=${`position:absolute;left:0;right:0;top:${top}px`}>${rows}</div></div>
          </div>`}`;
  }

  private row(row: number, current: boolean): TemplateResult {
    const { trace, words } = this.store;
    const event = this.eventAt(row);
    const { events } = trace.task(event.task);
    const site = trace.site(events.site[event.index]!);
    return html`<div class="event-row ${current ? "current" : ""}" role="row" id="event-${row}" aria-rowindex=${row + 2} aria-selected=${current ? "true" : "false"} @click=${() => this.store.goTo(event)} @dblclick=${() => this.showPlace(event)}>
      <span role="gridcell" class="time">${formatMoment(events.time[event.index]!, this.store.duration)}</span>
      <span role="gridcell" class="with-badge">${taskBadge(event.task)} ${taskName(trace, event.task)}</span>
      <span role="gridcell" class="what">${eventText(words, trace, event)}</span>
      <span role="gridcell" class="muted">${site ? html`${words.line(site.line)} <code>${site.text}</code>` : nothing}</span>
    </div>`;
  }

  private choose(task: number | undefined): void {
    this.only = task;
    this.requestUpdate();
    void this.updateComplete.then(() => this.reveal());
  }

  private showPlace(event: EventRef): void {
    const { trace } = this.store;
    const site = trace.site(trace.task(event.task).events.site[event.index]!);
    if (site) this.store.post({ type: "reveal", file: trace.fileOf(site), line: site.line, column: site.column, endLine: site.endLine, endColumn: site.endColumn });
  }

  private scrolled({ target }: Event): void {
    if (!(target instanceof HTMLElement)) return;
    this.offset = target.scrollTop;
    this.requestUpdate();
  }

  private key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.viewHeight / ROW) - 1);
    const { count, current } = this;
    const target = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page, PageUp: current - page, Home: 0, End: count - 1 }[event.key];
    if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      this.showPlace(this.eventAt(current));
      return;
    }
    if (target === undefined || count === 0) return;
    event.preventDefault();
    this.store.goTo(this.eventAt(Math.min(count - 1, Math.max(0, target))));
  }
}

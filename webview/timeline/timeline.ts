import { html, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { PanelPart } from "../common/part";
import { icon } from "../common/icon";
import type { Topic } from "../state/store";
import { eventText, taskName } from "./describe";
import { hitTest, type Hit } from "./hit-test";
import { rowLabel } from "./labels";
import { paintOver, paintRows } from "./paint";
import { OVERVIEW_HEIGHT, RULER_HEIGHT, paintHead } from "./paint-ruler";
import { Patterns } from "./patterns";
import { Pointer } from "./pointer";
import { raceMarks, type RaceMark } from "./race-marks";
import { layoutRows, type Row } from "./rows";
import { onThemeChange, readTheme, type Theme } from "./theme";
import { formatTime } from "./ticks";
import { Scale, activePart, panBy, wholeRun, zoomAt } from "./viewport";

/** The timeline: lanes, tracks, ruler, overview, playhead. Painted on canvases, labelled in the page. */
@customElement("cp-timeline")
export class Timeline extends PanelPart {
  protected readonly topics: readonly Topic[] = ["trace", "layout", "run", "findings"];
  @query(".tl-body") private body!: HTMLElement;
  @query(".tl-rows") private rowsCanvas!: HTMLCanvasElement;
  @query(".tl-over") private overCanvas!: HTMLCanvasElement;
  @query(".tl-head-canvas") private headCanvas!: HTMLCanvasElement;
  @query(".tl-tooltip") private tooltip!: HTMLElement;
  @query(".tl-slider") private slider!: HTMLElement;
  private theme: Theme | undefined;
  private patterns: Patterns | undefined;
  private rows: Row[] = [];
  private rowsHeight = 0;
  private races: RaceMark[] = [];
  private width = 0;
  private height = 0;
  private drag: { from: number; to: number } | undefined;
  private readonly cleanUp: (() => void)[] = [];
  private readonly pointer = new Pointer(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.layout();
    this.cleanUp.push(
      onThemeChange(() => {
        this.theme = undefined;
        this.store.touch("hover");
      }),
      this.store.subscribe((topics) => this.storePaint(topics)),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.cleanUp.splice(0)) stop();
  }

  override firstUpdated(): void {
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.body);
    this.cleanUp.push(() => observer.disconnect());
    this.pointer.attach(this.body, this.rowsCanvas, this.headCanvas);
    this.resize();
  }

  private storePaint(topics: ReadonlySet<Topic>): void {
    if (!this.hasUpdated) return;
    if (topics.has("trace") || topics.has("layout") || topics.has("run") || topics.has("findings")) this.layout();
    const all = topics.size > 1 || !topics.has("playhead");
    if (all) this.paint();
    else this.paintPlayhead();
  }

  private layout(): void {
    const { trace, views, collapsed, findings } = this.store;
    const { rows, height } = layoutRows(trace, views.locks, views.variables, collapsed);
    this.rows = rows;
    this.rowsHeight = height;
    this.races = raceMarks(findings);
  }

  protected override render(): TemplateResult {
    const { words } = this.store;
    const button = (name: string, title: string, act: () => void): TemplateResult => html`<button class="icon-button" title=${title} aria-label=${title} @click=${act}>${icon(name)}</button>`;
    return html`<section class="timeline" aria-label=${words.timeline} aria-describedby="timeline-help">
      <span id="timeline-help" class="sr-only">${words.timelineHelp}</span>
      <div class="tl-head">
        <div class="tl-corner">
          ${button("zoom-out", words.zoomOut, () => this.zoom(1.6))} ${button("zoom-in", words.zoomIn, () => this.zoom(1 / 1.6))}
          <button class="icon-button" title=${words.followTitle} aria-label=${words.followTitle} aria-pressed=${this.store.following ? "true" : "false"} @click=${() => this.store.show(null)}>${icon("screen-full")}</button>
        </div>
        <div class="tl-head-area">
          <canvas class="tl-head-canvas" role="img" aria-label=${words.overview}></canvas>
          <div class="tl-slider" role="slider" tabindex="0" aria-label=${words.playhead} aria-valuemin="0" aria-valuenow="0" aria-valuemax="0"></div>
        </div>
      </div>
      <div class="tl-body" tabindex="0" role="group" aria-label=${words.lanes} @scroll=${() => this.paint()}>
        <div class="tl-content" .style=${`height:${Math.max(this.rowsHeight, 1)}px`}>
          <div class="tl-labels" role="list" aria-label=${words.timeline}>${this.rows.map((row) => rowLabel(this.store, row))}</div>
          <div class="tl-sticky" .style=${`height:${this.height}px`}>
            <canvas class="tl-rows" role="img" aria-label=${words.timeline}></canvas>
            <canvas class="tl-over" aria-hidden="true"></canvas>
          </div>
        </div>
      </div>
      <div class="tl-tooltip" role="tooltip" hidden></div>
    </section>`;
  }

  private resize(): void {
    const labels = this.querySelector<HTMLElement>(".tl-labels");
    const width = this.body.clientWidth - (labels?.offsetWidth ?? 0);
    const height = this.body.clientHeight;
    if (width <= 0 || height <= 0) return;
    if (width !== this.width || height !== this.height) {
      this.width = width;
      this.height = height;
      const ratio = window.devicePixelRatio || 1;
      for (const canvas of [this.rowsCanvas, this.overCanvas]) sizeCanvas(canvas, width, height, ratio);
      sizeCanvas(this.headCanvas, width, OVERVIEW_HEIGHT + RULER_HEIGHT, ratio);
      const sticky = this.querySelector<HTMLElement>(".tl-sticky");
      if (sticky) sticky.style.height = `${height}px`;
      this.paint();
    }
  }

  get scale(): Scale {
    return new Scale(this.store.range, Math.max(this.width, 1));
  }

  private paint(): void {
    const context = this.rowsCanvas.getContext("2d");
    const head = this.headCanvas.getContext("2d");
    if (!context || !head || this.width === 0) return;
    if (!this.theme) {
      this.theme = readTheme();
      this.patterns = new Patterns(this.theme, window.devicePixelRatio || 1);
    }
    const { theme, patterns } = this;
    if (!patterns) return;
    const { trace, views, words, hovered, duration, range } = this.store;
    paintRows({ context, trace, views, rows: this.rows, scale: this.scale, scrollTop: this.body.scrollTop, width: this.width, height: this.height, theme, patterns, words, races: this.races, hovered });
    head.clearRect(0, 0, this.width, OVERVIEW_HEIGHT + RULER_HEIGHT);
    paintHead(head, theme, views.lanes, duration, range, this.width);
    this.paintPlayhead();
  }

  private paintPlayhead(): void {
    const over = this.overCanvas.getContext("2d");
    if (!over || !this.theme) return;
    const { store, scale } = this;
    const { playhead, words, trace } = store;
    const x = scale.x(playhead);
    paintOver(over, this.theme, { width: this.width, height: this.height }, x, this.drag);
    this.slider.style.transform = `translateX(${Math.round(x)}px)`;
    this.slider.hidden = x < -1 || x > this.width + 1;
    this.slider.setAttribute("aria-valuemax", `${Math.round(store.duration)}`);
    this.slider.setAttribute("aria-valuenow", `${Math.round(playhead)}`);
    const moment = formatTime(playhead, Math.max(scale.step, 1));
    this.slider.setAttribute("aria-valuetext", store.at ? `${moment}, ${words.tellEvent(taskName(trace, store.at.task), eventText(words, trace, store.at))}` : moment);
  }

  // ------------------------------------------------------------ what pointer and keys ask for

  hit(x: number, y: number): Hit | undefined {
    const { trace, views, words } = this.store;
    return hitTest({ trace, views, words, rows: this.rows, scale: this.scale, races: this.races }, x, y + this.body.scrollTop);
  }

  showDrag(drag: { from: number; to: number } | undefined): void {
    this.drag = drag;
    this.paintPlayhead();
  }

  /** Shows the tooltip beside the pointer (client coordinates), or hides it. */
  showTooltip(hit: Hit | undefined, clientX: number, clientY: number): void {
    const { tooltip } = this;
    tooltip.hidden = !hit || hit.text.length === 0;
    if (!hit || tooltip.hidden) return;
    tooltip.replaceChildren(
      ...hit.text.map((text) => {
        const line = document.createElement("div");
        line.textContent = text;
        return line;
      }),
    );
    const box = this.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = tooltip;
    const left = Math.min(clientX - box.left + 14, box.width - offsetWidth - 6);
    const below = clientY - box.top + 18;
    const top = below + offsetHeight > box.height ? clientY - box.top - offsetHeight - 10 : below;
    tooltip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(0, top)}px)`;
  }

  zoom(factor: number, at?: number): void {
    const { range, playhead, duration } = this.store;
    const middle = playhead >= range.from && playhead <= range.to ? playhead : (range.from + range.to) / 2;
    const next = zoomAt(range, at ?? middle, factor, duration);
    const { began, end } = this.store.activity;
    const all = activePart(began, end);
    // Zoomed out to everything: follow the run again.
    this.store.show(factor > 1 && next.from <= all.from && next.to >= Math.min(all.to, wholeRun(duration).to) ? null : next);
  }

  pan(part: number): void {
    const { range, duration, following } = this.store;
    if (!following) this.store.show(panBy(range, part, duration));
  }
}

function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.getContext("2d")?.setTransform(ratio, 0, 0, ratio, 0, 0);
}

declare global {
  interface HTMLElementTagNameMap {
    "cp-timeline": Timeline;
  }
}

import { inFrame } from "../state/idle";
import { OVERVIEW_HEIGHT } from "./paint-ruler";
import type { Timeline } from "./timeline";
import { Scale, clampRange, wholeRun } from "./viewport";

/** A press that moves less than this is a click. */
const CLICK_PIXELS = 4;

/** Mouse, pen and wheel on the timeline. */
export class Pointer {
  private last: { x: number; y: number; clientX: number; clientY: number } | undefined;

  constructor(private readonly timeline: Timeline) {}

  attach(body: HTMLElement, rows: HTMLCanvasElement, head: HTMLCanvasElement): void {
    rows.addEventListener("pointerdown", (event) => this.pressRows(event, rows));
    rows.addEventListener("pointermove", (event) => this.move(event));
    rows.addEventListener("pointerleave", () => this.leave());
    head.addEventListener("pointerdown", (event) => this.pressHead(event, head));
    for (const target of [body, head]) target.addEventListener("wheel", (event) => this.wheel(event, rows), { passive: false });
  }

  private pressRows(down: PointerEvent, canvas: HTMLCanvasElement): void {
    if (down.button !== 0) return;
    canvas.setPointerCapture(down.pointerId);
    const from = down.offsetX;
    let dragging = false;
    const left = canvas.getBoundingClientRect().left;
    this.follow(canvas, {
      move: (event) => {
        const to = event.clientX - left;
        dragging ||= Math.abs(to - from) > CLICK_PIXELS;
        if (dragging) this.timeline.showDrag({ from, to });
      },
      end: (event, cancelled) => {
        this.timeline.showDrag(undefined);
        if (cancelled) return;
        if (dragging) this.zoomInto(from, event.clientX - left);
        else this.click(down.offsetX, down.offsetY);
      },
    });
  }

  private zoomInto(x0: number, x1: number): void {
    const { scale, store } = this.timeline;
    store.show({ from: scale.time(Math.min(x0, x1)), to: scale.time(Math.max(x0, x1)) });
  }

  private click(x: number, y: number): void {
    const { store, scale } = this.timeline;
    const hit = this.timeline.hit(x, y);
    if (hit?.race) {
      store.selectFinding(hit.race.finding.id);
      store.open("findings");
      store.seek(hit.race.time);
    } else if (hit?.event) store.goTo(hit.event);
    else store.seek(scale.time(x));
  }

  /** Upper half: the overview, which moves the visible part. Lower half: the ruler, which moves the playhead. */
  private pressHead(down: PointerEvent, canvas: HTMLCanvasElement): void {
    if (down.button !== 0) return;
    canvas.setPointerCapture(down.pointerId);
    const { left } = canvas.getBoundingClientRect();
    const overview = down.offsetY < OVERVIEW_HEIGHT;
    const to = (event: PointerEvent): void => {
      const x = event.clientX - left;
      const { store, scale } = this.timeline;
      if (!overview) return store.seek(scale.time(x));
      const middle = new Scale(wholeRun(store.duration), scale.width).time(x);
      const span = scale.range.to - scale.range.from;
      store.show(clampRange({ from: middle - span / 2, to: middle + span / 2 }, store.duration));
    };
    if (!overview || !this.timeline.store.following) to(down);
    this.follow(canvas, { move: (event) => (overview && this.timeline.store.following ? undefined : to(event)), end: () => undefined });
  }

  private follow(canvas: HTMLCanvasElement, on: { move(event: PointerEvent): void; end(event: PointerEvent, cancelled: boolean): void }): void {
    const controller = new AbortController();
    const { signal } = controller;
    canvas.addEventListener("pointermove", (event) => on.move(event), { signal });
    canvas.addEventListener(
      "pointerup",
      (event) => {
        controller.abort();
        on.end(event, false);
      },
      { signal },
    );
    canvas.addEventListener(
      "pointercancel",
      (event) => {
        controller.abort();
        on.end(event, true);
      },
      { signal },
    );
  }

  private readonly hover = inFrame(() => {
    if (!this.last) return;
    const { x, y, clientX, clientY } = this.last;
    const hit = this.timeline.hit(x, y);
    this.timeline.showTooltip(hit, clientX, clientY);
    this.timeline.store.hover(hit?.row.type === "lock" || hit?.row.type === "variable" ? hit.row.id : undefined);
  });

  private move(event: PointerEvent): void {
    if (event.buttons !== 0) {
      this.leave();
      return;
    }
    this.last = { x: event.offsetX, y: event.offsetY, clientX: event.clientX, clientY: event.clientY };
    this.hover();
  }

  private leave(): void {
    this.last = undefined;
    this.timeline.showTooltip(undefined, 0, 0);
    this.timeline.store.hover(undefined);
  }

  private wheel(event: WheelEvent, rows: HTMLCanvasElement): void {
    const { timeline } = this;
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const dy = event.deltaY * lines;
    const dx = (event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX) * lines;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const x = event.clientX - rows.getBoundingClientRect().left;
      timeline.zoom(Math.exp(Math.max(-120, Math.min(120, dy)) * 0.004), timeline.scale.time(x));
    } else if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) {
      event.preventDefault();
      timeline.pan(dx / timeline.scale.width);
    }
  }
}

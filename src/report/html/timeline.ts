import { buildArrows, buildLockSpans, buildTaskSpans, type TaskLane } from "../../analysis";
import { Kind, WaitFor, type Trace } from "../../trace";
import type { ToldFinding } from "../contract";
import type { Names } from "../names";
import { escape } from "./escape";
import type { PageWords } from "./words";

const LABELS = 150;
const WIDTH = 1000;
const LANE = 34;
const BAR = 14;
const TOP = 26;
/** What is narrower than this (pixels) is drawn into its neighbour. */
const LEAST = 0.4;
const MAX_ARROWS = 2000;
const MAX_MARKS = 500;

/** The run as a drawing: a lane per task, a line per lock, arrows between them. */
export function timeline(trace: Trace, findings: readonly ToldFinding[], names: Names, words: PageWords): string {
  const lanes = buildTaskSpans(trace);
  const total = Math.max(trace.duration, 1);
  const x = (time: number): number => round(LABELS + (Math.min(Math.max(time, 0), total) / total) * WIDTH);
  const row = new Map(lanes.map(({ task }, i) => [task, TOP + i * LANE]));
  const locks = buildLockSpans(trace).filter(({ spans }) => spans.some(({ state }) => state === "held"));
  const height = TOP + (lanes.length + locks.length) * LANE + 10;
  const parts = [axis(total, x, height)];
  for (const lane of lanes) parts.push(taskLane(trace, lane, row.get(lane.task)!, x, names, words));
  locks.forEach(({ object, spans }, i) => {
    const y = TOP + (lanes.length + i) * LANE;
    parts.push(label(names.object(object), y));
    for (const { state, task, from, to } of merged(spans, x)) {
      if (state === "held") parts.push(bar("held", x(from), x(to), y, `${names.object(object)}: ${words.legend.held}, ${names.task(task)} · ${ms(from)} – ${ms(to)}`));
    }
  });
  for (const { kind, from, to } of buildArrows(trace).slice(0, MAX_ARROWS)) {
    const [y1, y2] = [row.get(from.task), row.get(to.task)];
    if (y1 === undefined || y2 === undefined) continue;
    parts.push(`<path class="arrow" marker-end="url(#tip)" d="M${x(from.time)} ${y1 + BAR / 2}L${x(to.time)} ${y2 + BAR / 2}"><title>${escape(kind)} · ${ms(to.time)}</title></path>`);
  }
  for (const { message, events = [] } of findings) {
    for (const { task, time } of events) {
      const y = row.get(task);
      if (y !== undefined) parts.push(`<path class="race" d="M${x(time)} ${y + BAR}l5 9h-10z"><title>${escape(message)}</title></path>`);
    }
  }
  return `<div class="timeline"><svg role="img" aria-label="${escape(words.timeline)}" width="${LABELS + WIDTH + 20}" height="${height}" viewBox="0 0 ${LABELS + WIDTH + 20} ${height}"><defs><marker id="tip" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L6 3L0 6" class="arrow"/></marker></defs>${parts.join("\n")}</svg></div>`;
}

function taskLane(trace: Trace, { task, spans }: TaskLane, y: number, x: (time: number) => number, names: Names, words: PageWords): string {
  const parts = [label(names.task(task), y)];
  for (const span of merged(spans, x)) {
    const { state, from, to, waitFor, object, joined, holders } = span;
    const what = waitFor === undefined ? words.legend[state] : `${words.legend[state]}: ${names.words.waitsFor(waitFor, waitFor === WaitFor.Join ? names.task(joined ?? 0) : names.object(object))}`;
    const by = holders.length > 0 ? ` (${words.legend.held}: ${holders.map((holder) => names.task(holder)).join(", ")})` : "";
    parts.push(bar(state, x(from), x(to), y, `${names.task(task)} – ${what}${by} · ${ms(from)} – ${ms(to)}`));
  }
  const { events: e } = trace.task(task);
  let marks = 0;
  for (let i = 0; i < e.length && marks < MAX_MARKS; i++) {
    if (e.kind[i] !== Kind.Mark) continue;
    marks++;
    const text = e.texts[e.a[i]!] ?? "";
    parts.push(`<line class="axis" style="stroke:currentColor" x1="${x(e.time[i]!)}" x2="${x(e.time[i]!)}" y1="${y - 4}" y2="${y + BAR}"><title>${escape(text)} · ${ms(e.time[i]!)}</title></line>`);
  }
  return parts.join("\n");
}

/** Without the spans that are too narrow to be seen beside the one before. */
function merged<S extends { readonly from: number; readonly to: number }>(spans: readonly S[], x: (time: number) => number): S[] {
  const kept: S[] = [];
  let drawn = -Infinity;
  for (const span of spans) {
    if (x(span.to) < drawn + LEAST) continue;
    kept.push(span);
    drawn = x(span.to);
  }
  return kept;
}

function axis(total: number, x: (time: number) => number, height: number): string {
  const step = stepOf(total / 8);
  const lines: string[] = [];
  for (let time = 0; time <= total; time += step) {
    lines.push(`<line class="axis" x1="${x(time)}" x2="${x(time)}" y1="${TOP - 8}" y2="${height}"/><text x="${x(time) + 3}" y="14">${ms(time)}</text>`);
  }
  return lines.join("");
}

/** 1, 2 or 5 times a power of ten. */
function stepOf(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

function label(text: string, y: number): string {
  const short = text.length > 22 ? `${text.slice(0, 21)}…` : text;
  return `<text x="6" y="${y + BAR - 2}">${escape(short)}<title>${escape(text)}</title></text>`;
}

function bar(state: string, from: number, to: number, y: number, title: string): string {
  return `<rect class="${state}" x="${from}" y="${y}" width="${round(Math.max(to - from, LEAST))}" height="${BAR}"><title>${escape(title)}</title></rect>`;
}

function ms(nanoseconds: number): string {
  return `${Number((nanoseconds / 1e6).toFixed(3))} ms`;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

import { EndReason, Kind, isAccess, isWrite, type TaskTrace } from "../../src/trace";
import type { TaskSpan, Unstarted } from "../../src/analysis/views";
import { lowerBound } from "../common/search";
import { spanLabel, unstartedText } from "./describe";
import type { LaneModel } from "./lane-model";
import { paintDensity } from "./paint-density";
import { textInBox, type Frame } from "./painter";
import { paintSpans } from "./paint-spans";

export const BODY_TOP = 5;
export const BODY_HEIGHT = 19;
const MARKS_TOP = BODY_TOP + BODY_HEIGHT + 4;
const MARKS_HEIGHT = 9;

/** A task: creation, its states, the end, and marks for what it did. */
export function paintLane(frame: Frame, task: TaskTrace, lane: LaneModel | undefined, y: number): void {
  const unstarted = lane ? undefined : frame.views.unstarted.get(task.meta.id);
  if (unstarted) paintUnstarted(frame, unstarted, y);
  if (lane) {
    paintCreation(frame, task, lane, y);
    const { spans } = lane.lane;
    const label = (index: number): string => spanLabel(frame.words, frame.trace, spans[index] as TaskSpan);
    paintSpans(frame, lane.columns, { y: y + BODY_TOP, height: BODY_HEIGHT, label });
  }
  paintMarks(frame, task, y + MARKS_TOP);
  if (lane) paintEnd(frame, task, lane, y);
}

/** From the spawn to the task's first step: a dashed line. */
function paintCreation(frame: Frame, task: TaskTrace, { lane }: LaneModel, y: number): void {
  const spawn = frame.views.arrows.life.find((arrow) => arrow.kind === "spawn" && arrow.to.task === task.meta.id);
  if (!spawn) return;
  paintDashed(frame, spawn.from.time, lane.started, frame.words.creating, y);
}

/** A task that has not begun, and perhaps never will. */
function paintUnstarted(frame: Frame, unstarted: Unstarted, y: number): void {
  const { spawned, until } = unstarted;
  paintDashed(frame, spawned, until ?? frame.trace.duration, unstartedText(frame.words, unstarted, frame.views.finished), y);
}

function paintDashed(frame: Frame, from: number, to: number, text: string, y: number): void {
  const { context, scale, theme } = frame;
  const x0 = scale.x(from);
  const x1 = scale.x(to);
  if (x1 < 0 || x0 > frame.width || x1 - x0 < 3) return;
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.strokeRect(x0 + 0.5, y + BODY_TOP + 4.5, x1 - x0, BODY_HEIGHT - 9);
  context.setLineDash([]);
  if (x1 - x0 > 60) {
    context.fillStyle = theme.muted;
    context.font = theme.smallFont;
    context.textBaseline = "middle";
    context.fillText(text, Math.max(x0, 0) + 5, y + BODY_TOP + BODY_HEIGHT / 2 + 0.5);
  }
}

function paintEnd(frame: Frame, task: TaskTrace, { lane }: LaneModel, y: number): void {
  if (lane.ended === null) return;
  const { context, scale, theme } = frame;
  const x = scale.x(lane.ended);
  if (x < -10 || x > frame.width + 10) return;
  const middle = y + BODY_TOP + BODY_HEIGHT / 2;
  const crashed = task.endReason === EndReason.Crashed;
  const killed = task.endReason === EndReason.Killed;
  context.lineWidth = crashed || killed ? 2.5 : 2;
  context.strokeStyle = crashed || killed ? theme.error : theme.muted;
  context.beginPath();
  context.moveTo(x, y + BODY_TOP - 1);
  context.lineTo(x, y + BODY_TOP + BODY_HEIGHT + 1);
  if (crashed) {
    cross(context, x + 8, middle);
  } else if (killed) {
    context.moveTo(x + 3, middle);
    context.lineTo(x + 12, middle);
  }
  context.stroke();
  if (!crashed && !killed) return;
  context.fillStyle = theme.error;
  context.font = theme.font;
  context.textBaseline = "middle";
  const word = crashed ? frame.words.crashed : frame.words.killed;
  // The label at the left says it as well.
  if (x + 17 + context.measureText(word).width <= frame.width) context.fillText(word, x + 17, middle + 0.5);
}

function cross(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y + 4);
  context.moveTo(x + 4, y - 4);
  context.lineTo(x - 4, y + 4);
}

/** Events below the lane: one by one where there is room, else as density. */
function paintMarks(frame: Frame, task: TaskTrace, y: number): void {
  const { scale, width } = frame;
  const { events } = task;
  const first = lowerBound(events.time, scale.range.from, events.length);
  const last = lowerBound(events.time, scale.range.to, events.length, first);
  if (last === first) return;
  if (last - first <= width / 4) {
    for (let i = first; i < last; i++) paintMark(frame, task, i, last, y);
    return;
  }
  const { context, theme } = frame;
  context.fillStyle = theme.tasks[task.meta.id % theme.tasks.length]!;
  context.globalAlpha = 0.8;
  paintDensity(frame, { times: events.time, first, last, bottom: y + MARKS_HEIGHT, height: (count) => Math.min(MARKS_HEIGHT, 2 + Math.log2(count) * 0.9) });
  context.globalAlpha = 1;
}

function paintMark(frame: Frame, task: TaskTrace, index: number, last: number, y: number): void {
  const { context, scale, theme } = frame;
  const { events } = task;
  const kind = events.kind[index]! as Kind;
  const x = scale.x(events.time[index]!);
  if (isAccess(kind) || kind === Kind.Atomic || kind === Kind.MemoryAtomic) {
    const writes = isAccess(kind) ? isWrite(kind) : events.b[index] !== events.c[index];
    context.lineWidth = 1.5;
    context.strokeStyle = context.fillStyle = theme.tasks[task.meta.id % theme.tasks.length]!;
    // A write is a full square, a read an empty one.
    if (writes) context.fillRect(x - 3, y + 1, 6, 6);
    else context.strokeRect(x - 2.5, y + 1.5, 5, 5);
  } else if (kind === Kind.Mark) {
    context.fillStyle = theme.text;
    context.fillRect(x - 0.5, y - 22, 1, 30);
    let next = index + 1;
    while (next < last && events.kind[next] !== (Kind.Mark as number)) next++;
    // A flag does not cover the next one.
    const room = next < last ? scale.x(events.time[next]!) - x - 2 : 140;
    if (room > 16) flag(frame, events.texts[events.a[index]!] ?? "", x, y, Math.min(room, 140), x - previousMark(frame, task, index) - 2);
  } else if (kind === Kind.Stdout || kind === Kind.Stderr) {
    context.fillStyle = kind === Kind.Stderr ? theme.error : theme.muted;
    context.beginPath();
    context.moveTo(x - 3, y);
    context.lineTo(x + 4, y + 4);
    context.lineTo(x - 3, y + 8);
    context.fill();
  }
}

/** Where the mark before this one is; the left edge where it is not in view. */
function previousMark({ scale }: Frame, { events }: TaskTrace, index: number): number {
  for (let i = index - 1; i >= 0 && events.time[i]! >= scale.range.from; i--) if (events.kind[i] === (Kind.Mark as number)) return scale.x(events.time[i]!);
  return 0;
}

/** To the right of its pole, or where it would leave the picture to the left of it, if it has room there (`before`). */
function flag({ context, theme, width }: Frame, text: string, pole: number, y: number, room: number, before: number): void {
  context.font = theme.smallFont;
  context.textBaseline = "middle";
  const wide = Math.min(context.measureText(text).width + 8, room);
  const x = pole + wide > width && before >= wide ? pole - wide : pole;
  context.fillStyle = theme.background;
  context.strokeStyle = theme.text;
  context.lineWidth = 1;
  context.fillRect(x, y - 2, wide, 12);
  context.strokeRect(x + 0.5, y - 1.5, wide - 1, 11);
  context.fillStyle = theme.text;
  textInBox(context, text, x, y + 4.5, wide + 1);
}

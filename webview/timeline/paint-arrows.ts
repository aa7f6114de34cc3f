import type { Arrow } from "../../src/analysis/views";
import { BODY_HEIGHT, BODY_TOP } from "./paint-lane";
import type { Frame } from "./painter";

/** Arrows from what made something possible to what it made possible. */
export function paintArrows(frame: Frame): void {
  const { scale, views } = frame;
  const rowOf = new Map<number, number>();
  for (const row of frame.rows) if (row.type === "task") rowOf.set(row.task.meta.id, row.top - frame.scrollTop);
  const { from, to } = scale.range;
  const { arrows } = views;
  for (const arrow of arrows.life) {
    if (arrow.to.time >= from && arrow.from.time <= to) paintArrow(frame, arrow, rowOf, 0.7);
  }
  // So many that only a sample could be drawn would tell a wrong story; an object under the pointer still shows its own.
  if (arrows.count(from, to) > frame.width / 5 && frame.hovered === undefined) return;
  for (const arrow of arrows.visible(from, to, 8 * scale.step)) {
    // An object under the pointer lights its arrows. A message is one whether somebody waited for it or not; a lock's
    // hand-over on which nobody waited is drawn only under the pointer.
    const lit = frame.hovered !== undefined && frame.hovered === `lock-${arrow.object}`;
    if (arrow.woke || lit || arrow.kind === "message") paintArrow(frame, arrow, rowOf, lit ? 1 : 0.75, lit);
  }
}

function paintArrow(frame: Frame, arrow: Arrow, rowOf: ReadonlyMap<number, number>, alpha: number, lit = false): void {
  const { context, scale, theme } = frame;
  const fromRow = rowOf.get(arrow.from.task);
  const toRow = rowOf.get(arrow.to.task);
  if (fromRow === undefined || toRow === undefined || fromRow === toRow) return;
  const down = toRow > fromRow;
  const middle = BODY_TOP + BODY_HEIGHT / 2;
  const x0 = scale.x(arrow.from.time);
  const x1 = scale.x(arrow.to.time);
  if (Math.max(x0, x1) < -20 || Math.min(x0, x1) > frame.width + 20) return;
  const y0 = fromRow + middle + (down ? BODY_HEIGHT / 2 : -BODY_HEIGHT / 2);
  const y1 = toRow + middle + (down ? -BODY_HEIGHT / 2 : BODY_HEIGHT / 2);
  context.globalAlpha = alpha;
  context.strokeStyle = context.fillStyle = lit ? theme.accent : arrow.kind === "spawn" || arrow.kind === "join" ? theme.muted : theme.text;
  context.lineWidth = lit ? 2 : 1;
  if (arrow.kind === "message" || arrow.kind === "stream") context.setLineDash([5, 3]);
  else if (arrow.kind === "spawn" || arrow.kind === "join") context.setLineDash([1.5, 2.5]);
  const bend = Math.min(24, Math.abs(x1 - x0) / 2 + 6) * (x1 >= x0 ? 1 : -1);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + bend, y0 + (y1 - y0) * 0.35, x1 - bend, y1 - (y1 - y0) * 0.35, x1, y1);
  context.stroke();
  context.setLineDash([]);
  const tip = down ? -5 : 5;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x1 - 3.5, y1 + tip);
  context.lineTo(x1 + 3.5, y1 + tip);
  context.fill();
  context.globalAlpha = 1;
}

/** Diamonds where a finding shows itself. */
export function paintRaces(frame: Frame): void {
  const { context, scale, theme } = frame;
  const rowOf = new Map<number, number>();
  for (const row of frame.rows) if (row.type === "task") rowOf.set(row.task.meta.id, row.top - frame.scrollTop);
  const taken = new Map<number, number>();
  for (const mark of frame.races) {
    const top = rowOf.get(mark.task);
    const x = scale.x(mark.time);
    if (top === undefined || x < -8 || x > frame.width + 8) continue;
    const before = taken.get(mark.task);
    if (before !== undefined && Math.abs(before - x) < 2) continue;
    taken.set(mark.task, x);
    const y = top + BODY_TOP + BODY_HEIGHT + 4;
    context.beginPath();
    context.moveTo(x, y - 7);
    context.lineTo(x + 6, y);
    context.lineTo(x, y + 7);
    context.lineTo(x - 6, y);
    context.closePath();
    context.fillStyle = theme.error;
    context.strokeStyle = theme.background;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    context.fillStyle = theme.background;
    context.fillRect(x - 0.75, y - 3.5, 1.5, 4.5);
    context.fillRect(x - 0.75, y + 2, 1.5, 1.5);
  }
}

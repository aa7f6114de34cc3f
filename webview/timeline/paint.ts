import { paintArrows, paintRaces } from "./paint-arrows";
import { paintLane } from "./paint-lane";
import { paintLock, paintVariable } from "./paint-tracks";
import { visibleRows, type Frame } from "./painter";
import { ticks } from "./ticks";

/** Paints the rows that can be seen. */
export function paintRows(frame: Frame): void {
  const { context, width, height, theme, scale } = frame;
  context.clearRect(0, 0, width, height);
  context.strokeStyle = theme.rowLine;
  context.lineWidth = 1;
  if (!theme.highContrast) {
    context.beginPath();
    for (const time of ticks(scale.range.from, scale.range.to, width)) {
      const x = Math.round(scale.x(time)) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, height);
    }
    context.stroke();
  }
  const lanes = new Map(frame.views.lanes.map((lane) => [lane.lane.task, lane]));
  for (const { row, y } of visibleRows(frame)) {
    if (row.id === frame.hovered) {
      context.fillStyle = theme.selection;
      context.fillRect(0, y, width, row.height);
    }
    switch (row.type) {
      case "process":
      case "section":
        context.fillStyle = theme.rowLine;
        context.globalAlpha = theme.highContrast ? 0 : 0.5;
        context.fillRect(0, y, width, row.height);
        context.globalAlpha = 1;
        break;
      case "task":
        paintLane(frame, row.task, lanes.get(row.task.meta.id), y);
        break;
      case "lock":
        paintLock(frame, row.lock, y, row.height);
        break;
      case "variable":
        paintVariable(frame, row.track, y, row.height);
        break;
    }
    context.strokeStyle = theme.rowLine;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, y + row.height - 0.5);
    context.lineTo(width, y + row.height - 0.5);
    context.stroke();
  }
  paintArrows(frame);
  paintRaces(frame);
}

/** The playhead and a range being dragged, on a canvas of their own: they move without the rows being drawn anew. */
export function paintOver(
  context: CanvasRenderingContext2D,
  theme: Frame["theme"],
  size: { readonly width: number; readonly height: number },
  playhead: number,
  drag: { readonly from: number; readonly to: number } | undefined,
): void {
  context.clearRect(0, 0, size.width, size.height);
  if (drag) {
    const x = Math.min(drag.from, drag.to);
    const w = Math.abs(drag.to - drag.from);
    context.fillStyle = theme.selection;
    context.fillRect(x, 0, w, size.height);
    context.strokeStyle = theme.accent;
    context.strokeRect(x + 0.5, -1, w, size.height + 2);
  }
  if (playhead < -8 || playhead > size.width + 8) return;
  const x = Math.round(playhead) + 0.5;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, size.height);
  context.stroke();
}

import type { Trace } from "../../src/trace";
import type { Words } from "../l10n";
import type { Views } from "../state/views";
import { Patterns } from "./patterns";
import type { RaceMark } from "./race-marks";
import type { Row } from "./rows";
import type { Theme } from "./theme";
import { Scale } from "./viewport";

/** All that painting one frame of the timeline needs. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly trace: Trace;
  readonly views: Views;
  readonly rows: readonly Row[];
  readonly scale: Scale;
  /** How far the rows are scrolled up. */
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly patterns: Patterns;
  readonly words: Words;
  readonly races: readonly RaceMark[];
  readonly hovered: string | undefined;
}

/** Rows of a frame that can be seen, with their top on the canvas. */
export function* visibleRows(frame: Frame): Generator<{ row: Row; y: number }> {
  for (const row of frame.rows) {
    const y = row.top - frame.scrollTop;
    if (y + row.height < 0) continue;
    if (y > frame.height) return;
    yield { row, y };
  }
}

/** Writes text into a box if enough of it fits to be of use. */
export function textInBox(context: CanvasRenderingContext2D, text: string, x: number, y: number, width: number): void {
  const room = width - 8;
  if (room < 14) return;
  const fitting = fit(context, text, room);
  if (fitting) context.fillText(fitting, x + 4, y);
}

const widths = new Map<string, number>();

/** Measuring is slow; the same few texts are drawn in every frame. */
function measure(context: CanvasRenderingContext2D, text: string): number {
  const key = context.font + text;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 5000) widths.clear();
    widths.set(key, (width = context.measureText(text).width));
  }
  return width;
}

function fit(context: CanvasRenderingContext2D, text: string, room: number): string {
  const width = measure(context, text);
  if (width <= room) return text;
  const letters = Math.floor((text.length * room) / width) - 1;
  return letters < 2 ? "" : `${text.slice(0, letters)}…`;
}

import { textInBox, type Frame } from "./painter";
import { pieces, type SpanColumns } from "./span-columns";
import { STATE_COUNT, STATES, type StateCode } from "./states";

/** Narrower stretches are merged, in pixels. */
const MIN_PIXELS = 3;
/** Columns of merged stretches, in pixels. */
const COLUMN_PIXELS = 2;

/** Made once: a frame has thousands of columns. */
const SUMS = [new Float64Array(STATE_COUNT), new Float64Array(STATE_COUNT)] as const;
const HEIGHTS = new Float64Array(STATE_COUNT);
const COMING = new Float64Array(STATE_COUNT);

export interface SpanStyle {
  readonly y: number;
  readonly height: number;
  /** Text of a stretch; empty for none. */
  label(index: number): string;
}

/** Draws the visible stretches of a row; merged ones as stacked shares under a zig-zag line. */
export function paintSpans(frame: Frame, columns: SpanColumns, style: SpanStyle): void {
  const { scale, context, width } = frame;
  const { from, to } = scale.range;
  if (columns.length === 0 || columns.end < from || columns.starts[0]! > to) return;
  context.font = frame.theme.font;
  context.textBaseline = "middle";
  for (const piece of pieces(columns, from, to, MIN_PIXELS * scale.step)) {
    const x0 = Math.max(scale.x(piece.from), -8);
    const x1 = Math.min(scale.x(piece.to), width + 8);
    if (piece.type === "span") {
      paintSpan(frame, columns.states[piece.index] as StateCode, x0, x1, style, piece.index);
    } else paintMerged(frame, columns, x0, Math.max(x1, x0 + MIN_PIXELS), style);
  }
}

function paintSpan(frame: Frame, state: StateCode, x0: number, x1: number, style: SpanStyle, index: number): void {
  const { context, theme, patterns } = frame;
  if (state === STATES.free) return;
  const { line, text } = theme.states[state];
  const w = Math.max(x1 - x0, 1);
  let { y, height } = style;
  if (state === STATES.sleeping) {
    // A sleeping task is drawn low: nothing runs, nobody is waited for.
    y += height / 2 - 3;
    height = 6;
  }
  context.fillStyle = patterns.fill(state);
  context.fillRect(x0, y, w, height);
  if (w > 4) {
    context.strokeStyle = line;
    context.lineWidth = theme.highContrast ? 1.5 : 1;
    context.strokeRect(x0 + 0.5, y + 0.5, w - 1, height - 1);
  }
  // The part that is in the picture: of one that began before it, too, the name is to be read.
  const left = Math.max(x0, 0);
  const seen = Math.min(x1, frame.width) - left;
  if (seen < 26 || state === STATES.sleeping) return;
  const label = style.label(index);
  if (!label) return;
  if (state !== STATES.running && state !== STATES.held) plate(frame, label, left, y, seen, height, theme.states[state].fill);
  context.fillStyle = text;
  textInBox(context, label, left, y + height / 2 + 0.5, seen);
}

/** A plain ground for a text on a pattern: letters on hatching are hard to read. */
function plate({ context }: Frame, label: string, x: number, y: number, w: number, height: number, fill: string): void {
  const wide = Math.min(context.measureText(label).width + 6, w - 3);
  context.fillStyle = fill;
  context.fillRect(x + 1.5, y + 2, wide, height - 4);
}

function paintMerged(frame: Frame, columns: SpanColumns, x0: number, x1: number, style: SpanStyle): void {
  const { context, scale, theme } = frame;
  const { y, height } = style;
  context.globalAlpha = theme.highContrast ? 0.75 : 0.6;
  // Columns of the same heights are drawn as one: fewer, larger rectangles.
  let begun = x0;
  HEIGHTS.fill(0);
  const flush = (end: number): void => {
    let bottom = y + height;
    for (let state = 0; state < STATE_COUNT; state++) {
      const h = HEIGHTS[state]!;
      if (h === 0 || bottom <= y) continue;
      context.fillStyle = theme.states[state as StateCode].line;
      context.fillRect(begun, Math.max(y, bottom - h), end - begun, h);
      bottom -= h;
    }
  };
  let sums = SUMS[0];
  let next = SUMS[1];
  let from = scale.time(x0);
  columns.sumsAt(from, sums);
  for (let x = x0; x < x1; x += COLUMN_PIXELS) {
    const to = scale.time(Math.min(x + COLUMN_PIXELS, x1));
    columns.sumsAt(to, next);
    let same = true;
    for (let state = 0; state < STATE_COUNT; state++) {
      const share = state === STATES.free ? 0 : (next[state]! - sums[state]!) / (to - from);
      const h = share <= 0 ? 0 : Math.max(1, Math.round(share * height));
      same &&= h === HEIGHTS[state];
      COMING[state] = h;
    }
    [sums, next, from] = [next, sums, to];
    if (same) continue;
    flush(x);
    begun = x;
    HEIGHTS.set(COMING);
  }
  flush(x1);
  context.globalAlpha = 1;
  zigzag(frame, x0, x1, y + height);
}

/** The sign for "several, too small to be shown one by one". */
function zigzag({ context, theme }: Frame, x0: number, x1: number, y: number): void {
  context.strokeStyle = theme.text;
  context.lineWidth = 1;
  context.beginPath();
  let up = false;
  context.moveTo(x0, y + 1);
  for (let x = x0; x < x1; x += 3) {
    context.lineTo(Math.min(x + 3, x1), up ? y + 1 : y - 2);
    up = !up;
  }
  context.stroke();
}

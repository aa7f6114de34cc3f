import type { LaneModel } from "./lane-model";
import { formatTime, ticks } from "./ticks";
import { STATES, type StateCode } from "./states";
import type { Theme } from "./theme";
import { Scale, wholeRun, type Range } from "./viewport";

export const OVERVIEW_HEIGHT = 22;
export const RULER_HEIGHT = 22;

/** The strip above the lanes: the whole run, small, with the visible part framed; below it the time. */
export function paintHead(context: CanvasRenderingContext2D, theme: Theme, lanes: readonly LaneModel[], duration: number, range: Range, width: number): void {
  paintOverview(context, theme, lanes, duration, range, width);
  const top = OVERVIEW_HEIGHT;
  const scale = new Scale(range, width);
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, top + RULER_HEIGHT - 0.5);
  context.lineTo(width, top + RULER_HEIGHT - 0.5);
  const marks = ticks(range.from, range.to, width);
  const step = marks.length > 1 ? marks[1]! - marks[0]! : range.to - range.from;
  context.font = theme.font;
  context.textBaseline = "middle";
  context.fillStyle = theme.muted;
  for (const time of marks) {
    const x = Math.round(scale.x(time)) + 0.5;
    context.moveTo(x, top + RULER_HEIGHT - 6);
    context.lineTo(x, top + RULER_HEIGHT);
    context.fillText(time === 0 ? "0" : formatTime(time, step), x + 4, top + RULER_HEIGHT / 2 + 0.5);
  }
  context.stroke();
}

const ORDER: readonly StateCode[] = [STATES.blocked, STATES.waiting, STATES.running];

let kept: { readonly lanes: readonly LaneModel[]; readonly theme: Theme; readonly width: number; readonly picture: OffscreenCanvas } | undefined;

/** The lanes of the overview, drawn anew only when the run has grown: zooming and panning do not change them. */
function overviewPicture(theme: Theme, lanes: readonly LaneModel[], duration: number, width: number): OffscreenCanvas {
  if (kept?.lanes === lanes && kept.theme === theme && kept.width === width) return kept.picture;
  const picture = new OffscreenCanvas(Math.max(1, Math.round(width)), OVERVIEW_HEIGHT);
  const context = picture.getContext("2d");
  if (context) {
    const scale = new Scale(wholeRun(duration), width);
    const shown = lanes.slice(0, 64);
    const each = (OVERVIEW_HEIGHT - 6) / Math.max(shown.length, 1);
    shown.forEach(({ columns }, n) => {
      for (let x = 0; x < width; x += 2) {
        const from = scale.time(x);
        const to = scale.time(x + 2);
        // The state that most wants to be seen: a little blocking in much running still shows.
        const state = ORDER.find((code) => columns.spent(code, from, to) > (to - from) * (code === STATES.running ? 0 : 0.25));
        if (state === undefined) continue;
        context.fillStyle = theme.states[state].line;
        context.fillRect(x, 3 + n * each, 2, Math.max(each - 1, 1));
      }
    });
  }
  kept = { lanes, theme, width, picture };
  return picture;
}

function paintOverview(context: CanvasRenderingContext2D, theme: Theme, lanes: readonly LaneModel[], duration: number, range: Range, width: number): void {
  const scale = new Scale(wholeRun(duration), width);
  context.drawImage(overviewPicture(theme, lanes, duration, width), 0, 0);
  const left = Math.max(scale.x(range.from), 0);
  const right = Math.min(scale.x(range.to), width);
  context.fillStyle = theme.background;
  context.globalAlpha = 0.6;
  context.fillRect(0, 0, left, OVERVIEW_HEIGHT);
  context.fillRect(right, 0, width - right, OVERVIEW_HEIGHT);
  context.globalAlpha = 1;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, 0.5, Math.max(right - left - 1, 3), OVERVIEW_HEIGHT - 1);
  context.strokeStyle = theme.grid;
  context.beginPath();
  context.moveTo(0, OVERVIEW_HEIGHT - 0.5);
  context.lineTo(width, OVERVIEW_HEIGHT - 0.5);
  context.stroke();
}

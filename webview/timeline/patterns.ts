import { STATES, type StateCode } from "./states";
import type { Theme } from "./theme";

/** Fills that tell the states apart without colour: hatched = blocked, dotted = waiting, lined = held while others wait. */
export class Patterns {
  private readonly made = new Map<string, CanvasPattern | string>();

  constructor(
    private readonly theme: Theme,
    private readonly ratio: number,
  ) {}

  /** What a stretch in this state is filled with. */
  fill(state: StateCode): CanvasPattern | string {
    const key = `${state}`;
    let made = this.made.get(key);
    if (!made) this.made.set(key, (made = this.make(state)));
    return made;
  }

  private make(state: StateCode): CanvasPattern | string {
    const { fill, line } = this.theme.states[state];
    const draw = DRAWINGS[state];
    if (!draw) return fill;
    const size = 8 * this.ratio;
    const tile = new OffscreenCanvas(size, size);
    const context = tile.getContext("2d");
    if (!context) return fill;
    context.scale(this.ratio, this.ratio);
    context.fillStyle = fill;
    context.fillRect(0, 0, 8, 8);
    context.strokeStyle = context.fillStyle = line;
    context.globalAlpha = this.theme.highContrast ? 1 : 0.55;
    context.lineWidth = 1;
    draw(context);
    const pattern = context.createPattern(tile, "repeat");
    if (!pattern) return fill;
    pattern.setTransform(new DOMMatrix().scale(1 / this.ratio));
    return pattern;
  }
}

type Drawing = (context: OffscreenCanvasRenderingContext2D) => void;

const hatch: Drawing = (context) => {
  context.beginPath();
  for (const start of [-8, -4, 0, 4, 8]) {
    context.moveTo(start, 8);
    context.lineTo(start + 8, 0);
  }
  context.stroke();
};

const dots: Drawing = (context) => {
  for (const [x, y] of [[1, 1], [5, 5]] as const) context.fillRect(x, y, 1.5, 1.5);
};

const lines: Drawing = (context) => {
  for (const y of [1, 5]) context.fillRect(0, y, 8, 1);
};

const DRAWINGS: Partial<Record<StateCode, Drawing>> = {
  [STATES.blocked]: hatch,
  [STATES.wanted]: hatch,
  [STATES.waiting]: dots,
  [STATES.contended]: lines,
};

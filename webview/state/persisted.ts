import { isPaceName, type PaceName } from "./player";

/** What survives hiding and reloading the panel. */
export interface PersistedState {
  readonly version: 1;
  readonly file: string;
  readonly run: number;
  /** Visible part of the timeline; null: all. Nanoseconds. */
  readonly view: { readonly from: number; readonly to: number } | null;
  /** null: at the end of the run. */
  readonly playhead: number | null;
  readonly parts: Partial<Record<DockSide, Part>>;
  readonly collapsed: readonly string[];
  /** Height of the timeline and width of the left dock, as parts of the whole. */
  readonly split: { readonly timeline: number; readonly left: number };
  readonly pace: PaceName;
  readonly page: Page;
  /** Which comparison was shown last: when it was started, in milliseconds since the epoch; 0: none. */
  readonly comparison: number;
}

/** What lies under the toolbar: one run, or both modes compared. */
export type Page = "run" | "compare";

export type Part = "findings" | "memory" | "locks" | "costs" | "source" | "output" | "events";
export type DockSide = "all" | "left" | "right";

export const PARTS: readonly Part[] = ["findings", "memory", "locks", "costs", "source", "output", "events"];
export const DOCKS: Record<DockSide, readonly Part[]> = {
  all: PARTS,
  left: ["findings", "memory", "locks", "costs"],
  right: ["source", "output", "events"],
};

export const INITIAL_STATE: PersistedState = {
  version: 1,
  file: "",
  run: 0,
  view: null,
  playhead: null,
  parts: {},
  collapsed: [],
  split: { timeline: 0.5, left: 0.5 },
  pace: "slow10",
  page: "run",
  comparison: 0,
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isShare = (value: unknown): value is number => typeof value === "number" && value >= 0.1 && value <= 0.9;
const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** Reads a saved state field by field: what is not sound gets its initial value. */
export function readState(saved: unknown): PersistedState {
  if (!isObject(saved) || saved["version"] !== 1) return INITIAL_STATE;
  const { file, run, view, playhead, parts, collapsed, split, pace, page, comparison } = saved;
  const part = (side: DockSide): Partial<Record<DockSide, Part>> => {
    const value = isObject(parts) ? parts[side] : undefined;
    const known = DOCKS[side].find((one) => one === value);
    return known ? { [side]: known } : {};
  };
  return {
    version: 1,
    file: typeof file === "string" ? file : "",
    run: typeof run === "number" ? run : 0,
    view: isObject(view) && isTime(view["from"]) && isTime(view["to"]) && view["to"] > view["from"] ? { from: view["from"], to: view["to"] } : null,
    playhead: isTime(playhead) ? playhead : null,
    parts: { ...part("all"), ...part("left"), ...part("right") },
    collapsed: Array.isArray(collapsed) ? collapsed.filter((id): id is string => typeof id === "string") : [],
    split: {
      timeline: isObject(split) && isShare(split["timeline"]) ? split["timeline"] : INITIAL_STATE.split.timeline,
      left: isObject(split) && isShare(split["left"]) ? split["left"] : INITIAL_STATE.split.left,
    },
    pace: isPaceName(pace) ? pace : INITIAL_STATE.pace,
    page: page === "compare" ? "compare" : "run",
    comparison: isTime(comparison) ? comparison : 0,
  };
}

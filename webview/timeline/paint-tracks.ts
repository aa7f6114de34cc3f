import { Kind, isWrite } from "../../src/trace";
import type { LockModel } from "./lane-model";
import { paintDensity } from "./paint-density";
import { textInBox, type Frame } from "./painter";
import { paintSpans } from "./paint-spans";
import type { IndexList, VariableTrack } from "./variable-index";

const BAND_TOP = 4;

/** A lock's band: held, held while others wait (with how many), wanted. */
export function paintLock(frame: Frame, lock: LockModel, y: number, height: number): void {
  const { trace, words } = frame;
  const label = (index: number): string => {
    const holder = lock.holder[index]!;
    const waiting = lock.waiters[index]!;
    const held = lock.holders[index]!;
    const who = holder < 0 ? words.nobody : held > 1 ? words.nTasks(held) : (trace.tasks.get(holder)?.name ?? `${holder}`);
    return waiting > 0 ? words.heldAndWaiting(who, waiting) : who;
  };
  paintSpans(frame, lock.columns, { y: y + BAND_TOP, height: height - 2 * BAND_TOP, label });
}

/** The accesses of one variable, each task in its colour and at its own height. */
export function paintVariable(frame: Frame, track: VariableTrack, y: number, height: number): void {
  const tasks = [...track.byTask.keys()].sort((a, b) => a - b);
  const share = (height - 4) / Math.max(tasks.length, 1);
  tasks.forEach((task, n) => {
    const list = track.byTask.get(task);
    if (list) paintAccesses(frame, task, list, y + 2 + n * share, share);
  });
}

function paintAccesses(frame: Frame, taskId: number, list: IndexList, y: number, height: number): void {
  const task = frame.trace.tasks.get(taskId);
  if (!task) return;
  const { context, scale, theme, width } = frame;
  const { time, kind, b, c } = task.events;
  const { values, length } = list;
  const bound = (wanted: number, low: number): number => {
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (time[values[middle]!]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  let at = bound(scale.range.from, 0);
  const last = bound(scale.range.to, at);
  context.fillStyle = theme.tasks[taskId % theme.tasks.length]!;
  if (last - at <= width / 3) {
    const wide = last - at < width / 60;
    for (; at < last; at++) {
      const index = values[at]!;
      const access = kind[index]! as Kind;
      const writes = access === Kind.Atomic ? b[index] !== c[index] : isWrite(access);
      const x = scale.x(time[index]!);
      // Writes stand full height, reads half.
      if (writes) context.fillRect(x - 1.5, y, 3, Math.max(height - 1, 2));
      else context.fillRect(x - 0.75, y + height / 2, 1.5, Math.max(height / 2 - 1, 1));
      if (writes && wide && height > 9) {
        context.font = theme.smallFont;
        context.textBaseline = "middle";
        const value = access === Kind.Atomic ? c[index]! : task.value(task.events.a[index]!);
        const next = at + 1 < last ? scale.x(time[values[at + 1]!]!) : width;
        if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") textInBox(context, String(value), x, y + height / 2, Math.min(60, next - x));
      }
    }
    return;
  }
  context.globalAlpha = 0.85;
  paintDensity(frame, { times: time, order: values, first: at, last, bottom: y + height - 1, height: (count) => Math.min(height - 1, 2 + Math.log2(count) * (height / 12)) });
  context.globalAlpha = 1;
}

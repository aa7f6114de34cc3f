import type { Trace, TaskTrace } from "../../src/trace";
import type { LockModel } from "./lane-model";
import type { VariableTrack } from "./variable-index";

/** A horizontal strip of the timeline. */
export type Row =
  | { readonly type: "process"; readonly id: string; readonly space: number; readonly pid: number; readonly tasks: number; readonly top: number; readonly height: number; readonly collapsed: boolean }
  /** `alone`: the process has no other task, and no header of its own. */
  | { readonly type: "task"; readonly id: string; readonly task: TaskTrace; readonly alone: boolean; readonly top: number; readonly height: number }
  | { readonly type: "section"; readonly id: "locks" | "variables"; readonly count: number; readonly top: number; readonly height: number; readonly collapsed: boolean }
  | { readonly type: "lock"; readonly id: string; readonly lock: LockModel; readonly top: number; readonly height: number }
  | { readonly type: "variable"; readonly id: string; readonly track: VariableTrack; readonly top: number; readonly height: number };

export const HEADER_HEIGHT = 22;
export const TASK_HEIGHT = 40;
export const LOCK_HEIGHT = 26;
export const VARIABLE_HEIGHT = 30;

/** Lays out the rows from the top: tasks by process, then locks, then variables. */
export function layoutRows(
  trace: Trace,
  locks: readonly LockModel[],
  variables: readonly VariableTrack[],
  collapsed: ReadonlySet<string>,
): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let top = 0;
  const place = (height: number): { top: number; height: number } => {
    const placed = { top, height };
    top += height;
    return placed;
  };

  const spaces = new Map<number, TaskTrace[]>();
  for (const task of [...trace.tasks.values()].sort((a, b) => a.meta.id - b.meta.id)) {
    const tasks = spaces.get(task.meta.space);
    if (tasks) tasks.push(task);
    else spaces.set(task.meta.space, [task]);
  }
  for (const [space, tasks] of spaces) {
    const id = `space-${space}`;
    // The lane names the process: five of them would fill the screen with headers.
    if (tasks.length === 1 && spaces.size > 1) {
      rows.push({ type: "task", id: `task-${tasks[0]!.meta.id}`, task: tasks[0]!, alone: true, ...place(TASK_HEIGHT) });
      continue;
    }
    const isCollapsed = collapsed.has(id);
    rows.push({ type: "process", id, space, pid: tasks[0]!.pid, tasks: tasks.length, collapsed: isCollapsed, ...place(HEADER_HEIGHT) });
    if (isCollapsed) continue;
    for (const task of tasks) rows.push({ type: "task", id: `task-${task.meta.id}`, task, alone: false, ...place(TASK_HEIGHT) });
  }

  if (locks.length > 0) {
    const isCollapsed = collapsed.has("locks");
    rows.push({ type: "section", id: "locks", count: locks.length, collapsed: isCollapsed, ...place(HEADER_HEIGHT) });
    if (!isCollapsed) for (const lock of locks) rows.push({ type: "lock", id: `lock-${lock.track.object}`, lock, ...place(LOCK_HEIGHT) });
  }
  if (variables.length > 0) {
    const isCollapsed = collapsed.has("variables");
    rows.push({ type: "section", id: "variables", count: variables.length, collapsed: isCollapsed, ...place(HEADER_HEIGHT) });
    if (!isCollapsed) for (const track of variables) rows.push({ type: "variable", id: `variable-${track.id}`, track, ...place(VARIABLE_HEIGHT) });
  }
  return { rows, height: top };
}

/** The row at a height, by binary search. */
export function rowAt(rows: readonly Row[], y: number): Row | undefined {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle]!;
    if (y < row.top) high = middle - 1;
    else if (y >= row.top + row.height) low = middle + 1;
    else return row;
  }
  return undefined;
}

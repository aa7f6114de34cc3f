import { setOnce } from "./arguments";

export class TaskCrashed extends Error {
  declare readonly task: number;
  declare readonly exitCode?: number;
  declare readonly signal?: string;

  constructor(message: string, task: number, exitCode?: number, signal?: string) {
    super(message);
    setOnce<TaskCrashed, "task" | "exitCode" | "signal">(this, { task, ...(exitCode === undefined ? {} : { exitCode }), ...(signal === undefined ? {} : { signal }) });
  }
}

export class TimeoutError extends Error {}
export class NotOwnerError extends Error {}
export class ClosedError extends Error {}

for (const type of [TaskCrashed, TimeoutError, NotOwnerError, ClosedError]) {
  Object.defineProperty(type.prototype, "name", { value: type.name, configurable: true, writable: true });
}

export class TaskCrashed extends Error {
  readonly task: number;
  readonly exitCode?: number;
  readonly signal?: string;

  constructor(message: string, task: number, exitCode?: number, signal?: string) {
    super(message);
    this.task = task;
    if (exitCode !== undefined) this.exitCode = exitCode;
    if (signal !== undefined) this.signal = signal;
  }
}

export class TimeoutError extends Error {}
export class NotOwnerError extends Error {}
export class ClosedError extends Error {}

for (const type of [TaskCrashed, TimeoutError, NotOwnerError, ClosedError]) {
  Object.defineProperty(type.prototype, "name", { value: type.name, configurable: true, writable: true });
}

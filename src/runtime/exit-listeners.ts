/**
 * Calls `body` with the exit code after all listeners of the process's (in a worker: the thread's) "exit", however late they were
 * added: what they do still belongs to the task.
 */
export function afterExitListeners(body: (exitCode: number) => void): void {
  onEmit((event, argument) => {
    if (event === "exit") body(Number(process.exitCode ?? argument ?? 0));
  });
}

/** Calls `after` when `process` has emitted an event, and `before` before that, which may give other arguments for it. Node itself calls `process.emit` by name. */
export function onEmit(after: (event: unknown, ...args: unknown[]) => void, before?: (event: unknown, ...args: unknown[]) => readonly unknown[] | void): void {
  const emit = process.emit as (...args: unknown[]) => boolean;
  Object.defineProperty(process, "emit", {
    configurable: true,
    writable: true,
    enumerable: false,
    value(this: NodeJS.Process, ...args: unknown[]): boolean {
      const given = before?.(args[0], ...args.slice(1));
      try {
        return Reflect.apply(emit, this, given ? [args[0], ...given] : args);
      } finally {
        after(args[0], ...args.slice(1));
      }
    },
  });
}

/** Has the listeners of "exit" do their work now, and not again when the process does exit. */
export function emitExitEarly(exitCode: number): void {
  for (const listener of process.rawListeners("exit")) {
    process.removeListener("exit", listener as () => void);
    Reflect.apply(listener, process, [exitCode]);
  }
}

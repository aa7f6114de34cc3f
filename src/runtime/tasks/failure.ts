import { inspect } from "node:util";
import type { Failure } from "../../wire";
import { placeOf } from "./stack";

/** What a task's uncaught error was, for the trace. */
export function describeFailure(thrown: unknown, origin: "exception" | "rejection"): Failure {
  if (!(thrown instanceof Error)) return { error: inspect(thrown), exitCode: 1, cause: origin };
  // First of all: it gives the message the student's own words.
  const { stack } = thrown;
  const assertion = thrown.name === "AssertionError" || (thrown as NodeJS.ErrnoException).code === "ERR_ASSERTION";
  // What follows in the message of a module that was not found is how Node looked for it.
  const error = `${thrown.name}: ${thrown.message.split("\nRequire stack:")[0]}`;
  return {
    error,
    exitCode: 1,
    cause: assertion ? "assertion" : origin,
    ...(stack === undefined ? {} : { stack, ...placeOf(stack) }),
  };
}

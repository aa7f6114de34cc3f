import assert from "node:assert/strict";
import { installStackTraces } from "../../../src/runtime/tasks/stack";

describe("stack traces of the student's code", () => {
  it("begin as the engine's do: for objects that are no errors, and past an error's own toString", () => {
    const before = Error.prepareStackTrace;
    installStackTraces();
    try {
      const traced: { name: string; message: string; stack?: string } = { name: "Trace", message: "here" };
      Error.captureStackTrace(traced);
      class Odd extends Error {
        override toString(): string {
          return "odd";
        }
      }
      const first = (stack: string | undefined): string | undefined => stack?.split("\n")[0];
      assert.deepEqual([first(traced.stack), first(new Odd("message").stack)], ["Trace: here", "Error: message"]);
    } finally {
      Error.prepareStackTrace = before;
    }
  });
});

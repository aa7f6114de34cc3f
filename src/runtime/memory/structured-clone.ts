import type { MemoryCore } from "./core";
import { dataCloneError } from "./messages";
import { unshared } from "./unshared";

/** From now on structuredClone() takes shared objects, also inside others: a clone is the task's own, and making it reads. */
export function installStructuredClone(core: MemoryCore): void {
  const { structuredClone: native } = globalThis;
  globalThis.structuredClone = (value, options) => {
    try {
      return native(unshared(core, value) as typeof value, options);
    } catch (error) {
      throw error instanceof DOMException && error.name === "DataCloneError" ? dataCloneError(error.message) : error;
    }
  };
}

import { join } from "node:path";
import { loadCode } from "./code-cache";

/**
 * Begins a program of ours, whose code comes compiled (`code-cache.ts`). What was not yet there is kept when the program ends.
 *
 * @param name of its bundle, beside this one
 */
export function begin(name: string): void {
  const file = join(__dirname, `${name}.js`);
  const { body, keepCode } = loadCode(file, join(__dirname, `${name}.cache`), file);
  if (keepCode) process.once("exit", keepCode);
  body.call(exports, exports as object, require, module, file, __dirname, undefined, undefined);
}

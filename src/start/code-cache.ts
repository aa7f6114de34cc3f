import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import vm from "node:vm";

/** Before the engine's own bytes, 8 bytes each: when and how long the code was that they were made from, and how many they are. */
const HEADER_BYTES = 24;

/** Which code it is: an engine's cache says that only by the length. */
interface Stamp {
  readonly changed: number;
  readonly size: number;
}

/** What the code is called by, without the function around it. */
export type Body = (this: unknown, exports: object, require: NodeJS.Require, module: NodeJS.Module, filename: string, dirname: string, keepCode: (() => void) | undefined, importModule: ImportModule | undefined) => void;

/** `import()`, which compiled code that comes out of a cache can't do itself. */
export type ImportModule = (url: string) => Promise<unknown>;

/**
 * Loads a CommonJS file with what the engine made of it an earlier time, which saves more than half of the loading: compiled
 * functions are read and not made again. They are in a file beside it, where that can be written; anything unsound about it, another engine's or
 * another version's, only means that it is made anew.
 *
 * @param shownAs the file's name in stack traces
 * @returns the code, and what keeps the compiled functions for the next time, if that is needed
 */
export function loadCode(file: string, cache: string, shownAs: string): { readonly body: Body; readonly keepCode: (() => void) | undefined } {
  const descriptor = openSync(file, "r");
  let text: string;
  let stamp: Stamp;
  try {
    const { mtimeMs, size } = fstatSync(descriptor);
    stamp = { changed: mtimeMs, size };
    text = readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
  const cachedData = readCache(cache, stamp);
  const script = new vm.Script(`(function (exports, require, module, __filename, __dirname, $keepCode, $import) {${text}\n})`, {
    filename: shownAs,
    ...(cachedData ? { cachedData } : {}),
  });
  const sound = cachedData !== undefined && script.cachedDataRejected === false;
  return { body: script.runInThisContext() as Body, keepCode: sound ? undefined : () => writeCache(cache, stamp, script.createCachedData()) };
}

function readCache(path: string, { changed, size }: Stamp): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    if (bytes.length < HEADER_BYTES || bytes.readDoubleLE(0) !== changed || bytes.readDoubleLE(8) !== size) return undefined;
    return bytes.readDoubleLE(16) === bytes.length - HEADER_BYTES ? bytes.subarray(HEADER_BYTES) : undefined;
  } catch {
    // The first time.
    return undefined;
  }
}

/** Where it can't be written, the code is compiled every time. */
function writeCache(path: string, { changed, size }: Stamp, bytes: Buffer): void {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeDoubleLE(changed, 0);
  header.writeDoubleLE(size, 8);
  header.writeDoubleLE(bytes.length, 16);
  // Others read it at any moment: it is there as a whole or not at all.
  const made = `${path}-${process.pid}`;
  try {
    writeFileSync(made, Buffer.concat([header, bytes]), { flag: "wx" });
    renameSync(made, path);
  } catch {
    rmSync(made, { force: true });
  }
}

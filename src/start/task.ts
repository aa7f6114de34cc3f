import { dirname, join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { loadCode } from "./code-cache";

/**
 * What every thread and process of a student's program begins with: the rest is `runtime/task-main.ts`, whose code comes compiled. To stack
 * traces the two are one file. What it exports Node's own loader asks for (`runtime/plain/hooks.ts`).
 */
/*
 * The heap has been made with the limit that the process was started with. Node has compiled code of its own for an engine without flags
 * only: with this one still set, each thread would compile Node's modules anew, which takes two milliseconds.
 */
if (isMainThread) process.getBuiltinModule("node:v8").setFlagsFromString("--max-old-space-size=0");

const folder = dirname(__filename);
const { body, keepCode } = loadCode(join(folder, "task-main.js"), join(folder, "task-main.cache"), __filename);
/** Each of its many modules asks Node for what it needs, and each time Node looks for it anew. */
const found = new Map<string, unknown>();
const requireOnce = (id: string): unknown => {
  const known = found.get(id);
  if (known !== undefined) return known;
  const exported: unknown = module.require(id);
  found.set(id, exported);
  return exported;
};
body.call(exports, exports as object, requireOnce as NodeJS.Require, module, __filename, folder, keepCode, (url) => import(url));

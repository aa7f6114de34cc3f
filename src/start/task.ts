import { dirname, join } from "node:path";
import { loadCode } from "./code-cache";

/**
 * What every thread and process of a student's program begins with: the rest is `runtime/task-main.ts`, whose code comes compiled. To stack
 * traces the two are one file. What it exports Node's own loader asks for (`runtime/plain/hooks.ts`).
 */
const folder = dirname(__filename);
const { body, keepCode } = loadCode(join(folder, "task-main.js"), join(folder, "task-main.cache"), __filename);
body.call(exports, exports as object, require, module, __filename, folder, keepCode, (url) => import(url));

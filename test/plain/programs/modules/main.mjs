import def, { value, bump } from "./esm.mjs";
import common from "./common.cjs";
import { createRequire } from "node:module";
import * as all from "./esm.mjs";
console.log(typeof require, typeof __filename, this, import.meta.url.endsWith("main.mjs"));
console.log(value, def.name);
bump();
console.log(value, all.value, Object.prototype.toString.call(all), Object.keys(all));
console.log(common.main, common.parent, common.answer);
const { answer } = createRequire(import.meta.url)("./common.cjs");
console.log(answer, (await import("./esm.mjs")).value);
try {
  await import("./missing.mjs");
} catch (error) {
  console.log(error.code);
}
try {
  value = 1;
} catch (error) {
  console.log(error.name);
}
process.nextTick(() => console.log("tick"));
Promise.resolve().then(() => console.log("micro"));

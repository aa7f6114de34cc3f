// A module of ECMAScript because its package says so, and modules that import() loads, also out of CommonJS.
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { later } from "./part.cjs";

const require = createRequire(import.meta.url);
const flags = new Int32Array(new SharedArrayBuffer(8));
console.log((await later()).kind, require("./part.cjs").later === later, (await import("./late.js")).kind);
console.log(flags.entries().next(), Object.prototype.toString.call(flags.values()), [...flags.keys()]);
const worker = new Worker(new URL("./late.js", import.meta.url), { workerData: flags });
worker.on("exit", (code) => console.log("exit", code, flags[0]));

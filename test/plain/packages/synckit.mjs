// Calls of an asynchronous worker that look synchronous: values, errors, shared memory, many in a row.
import { createSyncFn } from "synckit";

const call = createSyncFn(new URL("./workers/synckit-worker.mjs", import.meta.url).href);

console.log(call("add", 1, 2));
let sum = 0;
for (let i = 0; i < 20; i++) sum += call("add", i, i);
console.log(sum);
console.log(call("describe", { when: new Date(0), list: [1, { two: 2 }], map: new Map([["a", 1n]]) }));
try {
  call("fail", "on purpose");
} catch (error) {
  console.log(error instanceof Error, error.name, error.message, error.code);
}
const bytes = new Uint8Array(new SharedArrayBuffer(8));
console.log(call("fill", bytes, 7), bytes.join());

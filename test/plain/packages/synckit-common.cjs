// The same, called from CommonJS.
const { createSyncFn } = require("synckit");
const { join } = require("node:path");

const call = createSyncFn(join(__dirname, "workers", "synckit-worker.mjs"));
console.log(call("add", "a", "b"));
console.log(call("describe", { when: new Date(1e12), list: [0, { two: [] }], map: new Map() }));
let failure;
try {
  call("fail", "again");
} catch (error) {
  failure = error;
}
console.log(failure.message);

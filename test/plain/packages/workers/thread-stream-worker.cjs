const { createWriteStream } = require("node:fs");
const { parentPort } = require("node:worker_threads");

module.exports = async ({ dest }) => {
  const stream = createWriteStream(dest);
  parentPort.postMessage({ code: "EVENT", name: "told", args: ["by the worker", 1] });
  return stream;
};

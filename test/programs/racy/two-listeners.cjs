// races: cells. Both are told, and both write
const { Worker, isMainThread, workerData, BroadcastChannel } = require("node:worker_threads");

const channel = new BroadcastChannel("news");
if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(16));
  let ready = 0;
  channel.onmessage = ({ data }) => {
    if (data !== "ready" || ++ready < 2) return;
    channel.postMessage("go");
    channel.close();
  };
  for (const me of [0, 1]) new Worker(__filename, { workerData: { cells, me } });
} else {
  const { cells } = workerData;
  channel.onmessage = ({ data }) => {
    if (data !== "go") return;
    cells[0]++;
    channel.close();
  };
  channel.postMessage("ready");
}

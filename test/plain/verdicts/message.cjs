const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(__filename);
  const data = new Float64Array(new SharedArrayBuffer(16));
  data[0] = 41.5;
  w.postMessage(data);
  w.on('message', (m) => { console.log(m, data[1], data[0]); w.terminate(); });
  w.on('exit', c => console.log('exit', c));
} else {
  parentPort.on('message', (data) => { data[1] = data[0] + 1; parentPort.postMessage({ ok: data.length }); });
}

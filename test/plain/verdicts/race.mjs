import { Worker, isMainThread, workerData, parentPort } from 'node:worker_threads';
if (isMainThread) {
  const sab = new SharedArrayBuffer(8);
  const counter = new Int32Array(sab);
  const ws = [1,2].map(() => new Worker(new URL(import.meta.url), { workerData: { sab } }));
  let left = 2;
  for (const w of ws) { w.on('message', m => console.log('msg', m)); w.on('exit', (c) => { if (--left === 0) console.log('done', c, counter[1]); }); }
} else {
  const counter = new Int32Array(workerData.sab);
  for (let i = 0; i < 1000; i++) { counter[0]++; Atomics.add(counter, 1, 1); }
  parentPort.postMessage('hi');
}

const { Worker, isMainThread, workerData } = require('worker_threads');
function lock(l) { while (Atomics.compareExchange(l, 0, 0, 1) !== 0) Atomics.wait(l, 0, 1); }
function unlock(l) { Atomics.store(l, 0, 0); Atomics.notify(l, 0, 1); }
if (isMainThread) {
  const sab = new SharedArrayBuffer(16);
  const w1 = new Worker(__filename, { workerData: sab }), w2 = new Worker(__filename, { workerData: sab });
  let n = 2; const done = () => { if (--n === 0) console.log(new Int32Array(sab)[1]); };
  w1.on('exit', done); w2.on('exit', done);
} else {
  const lockWord = new Int32Array(workerData, 0, 1), total = new Int32Array(workerData, 4, 1);
  for (let i = 0; i < 500; i++) { lock(lockWord); total[0]++; unlock(lockWord); }
}

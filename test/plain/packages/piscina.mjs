// A pool of workers: results in order of the calls, named exports, errors, aborted calls, transferred buffers, its own counters.
import { Piscina } from "piscina";

const pool = new Piscina({ filename: new URL("./workers/piscina-worker.mjs", import.meta.url).href, minThreads: 2, maxThreads: 2 });
console.log(await Promise.all([1, 2, 3, 4, 5, 6].map((n) => pool.run(n))));
console.log(await pool.run({ a: 2, b: 5 }, { name: "multiply" }));
console.log(await pool.run(null, { name: "data" }));
await pool.run("bad", { name: "fail" }).catch((error) => console.log(error.name, error.message));
const abort = new AbortController();
const waiting = pool.run(60_000, { name: "sleep", signal: abort.signal });
setTimeout(() => abort.abort(), 50);
await waiting.catch((error) => console.log(error.name, error.message));
const buffer = new ArrayBuffer(16);
console.log(await pool.run(Piscina.move(buffer), { name: "size" }), buffer.byteLength);
const shared = new Int32Array(new SharedArrayBuffer(4));
await Promise.all(Array.from({ length: 8 }, () => pool.run(shared, { name: "count" })));
console.log(shared[0], pool.completed, pool.queueSize, pool.threads.length);
await pool.close();
console.log("closed", pool.threads.length);

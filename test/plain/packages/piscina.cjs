// From CommonJS, with one worker that waits by Atomics between calls and one that does not.
const { Piscina } = require("piscina");
const { join } = require("node:path");

async function main() {
  for (const atomics of ["sync", "disabled"]) {
    const pool = new Piscina({ filename: join(__dirname, "workers", "piscina-worker.cjs"), maxThreads: 1, atomics });
    pool.on("drain", () => console.log("drain", atomics));
    const results = [];
    for (let i = 0; i < 5; i++) results.push(await pool.run(i));
    console.log(results.join(" "));
    await pool.destroy();
  }
}
main();

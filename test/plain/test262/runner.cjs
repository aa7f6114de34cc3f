// Runs tests of test262's form, each in a worker of its own, and prints a line for each: its name, and what became of it.
// Arguments: a file with the names of tests, one a line (made from test262's by suite.ts); how many at a time.
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { Worker } = require("node:worker_threads");

const LIMIT_MS = 60_000;
const [, , list, width] = process.argv;
const names = readFileSync(list, "utf8").split("\n").filter(Boolean);
const results = new Map();

function run(name) {
  return new Promise((done) => {
    const worker = new Worker(join(dirname(list), `${name}.cjs`), { stdout: true, stderr: true });
    let result = "it ended without a result";
    const timer = setTimeout(() => {
      result = "it took too long";
      void worker.terminate();
    }, LIMIT_MS);
    worker.once("message", (text) => {
      result = text;
      void worker.terminate();
    });
    worker.once("error", (error) => (result = `${error.name}: ${error.message}`));
    worker.once("exit", () => {
      clearTimeout(timer);
      results.set(name, result);
      done();
    });
  });
}

async function work() {
  for (let name = names.shift(); name !== undefined; name = names.shift()) await run(name);
}

async function main() {
  const all = [...names];
  await Promise.all(Array.from({ length: Number(width) }, work));
  for (const name of all) console.log(`${name}: ${results.get(name)}`);
}
main();

// Runs the measurements of bench/, one after the other, and prints one JSON document; all else goes to stderr.
//   npm run -s bench [-- --quick] [-- --built] [-- analysis editor …]
// --quick: fewer rounds and less data, to see that a bench works; its numbers mean little.   --built: does not build first.
import { existsSync } from "node:fs";
import { cpus, freemem, loadavg, totalmem } from "node:os";
import path from "node:path";
import { documentOf, goalsOf } from "./lib/goals.mjs";
import { ensurePackages, root, run, say, tool } from "./lib/project.mjs";

/** With the arguments of a quick measurement, and the seconds after which one is given up. */
const BENCHES = [
  { name: "recording", quick: ["1"], limit: 300 },
  { name: "plain", quick: ["1"], limit: 300 },
  { name: "creation", quick: ["1"], limit: 180 },
  { name: "memory", quick: ["1"], limit: 180 },
  { name: "handover", quick: ["1"], limit: 180 },
  { name: "analysis", quick: ["0.2"], limit: 180 },
  { name: "latency", quick: ["1"], limit: 120 },
  { name: "panel", quick: ["100000"], limit: 120 },
  { name: "editor", quick: ["1"], limit: 300 },
].filter(({ name }) => existsSync(path.join(root, `bench/${name}.ts`)));

const args = process.argv.slice(2);
const quick = args.includes("--quick");
const wanted = args.filter((arg) => !arg.startsWith("--"));
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(", ")}: there are ${BENCHES.map(({ name }) => name).join(", ")}.\n`);
  process.exit(2);
}

// stdout is the document's alone.
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const load = () => Math.round(loadavg()[0] * 100) / 100;
const gigabytes = (bytes) => Math.round(bytes / 2 ** 26) / 16;

await ensurePackages();
if (!args.includes("--built")) {
  const build = await run(process.execPath, [path.join(root, "esbuild.mjs")]);
  if (build.code !== 0) process.exit(build.code);
}
const loadBefore = load();
const benches = {};
for (const { name, quick: fewer, limit } of BENCHES.filter((bench) => wanted.length === 0 || wanted.includes(bench.name))) {
  say(`— ${name}`);
  const loadAtStart = load();
  const began = performance.now();
  const { code, stdout } = await tool("tsx/dist/cli.mjs", [`bench/${name}.ts`, ...(quick ? fewer : [])], { timeout: limit * 1000 });
  let document;
  try {
    if (code !== 0) throw new Error(`it ended with ${code} (more than ${limit} s are not given to it)`);
    document = documentOf(stdout);
  } catch (error) {
    document = { error: error.message };
  }
  benches[name] = { ...document, loadBefore: loadAtStart, loadAfter: load(), seconds: Math.round((performance.now() - began) / 100) / 10 };
}
const document = {
  machine: { cpus: cpus().length, model: cpus()[0]?.model ?? "", platform: process.platform, node: process.version, memoryGB: gigabytes(totalmem()), freeMemoryGB: gigabytes(freemem()) },
  quick,
  loadBefore,
  loadAfter: load(),
  reach: Object.entries(benches).flatMap(([name, bench]) => goalsOf(name, bench)),
  benches,
};
print(`${JSON.stringify(document, undefined, 2)}\n`);
process.exitCode = Object.values(benches).some(({ error }) => error !== undefined) ? 1 : 0;

// Runs the measurements of bench/, one after the other; each prints one JSON document.   npm run bench [-- analysis editor …]
import { existsSync } from "node:fs";
import path from "node:path";
import { ensurePackages, root, run, say, tool } from "./lib/project.mjs";

await ensurePackages();
const build = await run(process.execPath, [path.join(root, "esbuild.mjs")]);
if (build.code !== 0) process.exit(build.code);
const wanted = process.argv.slice(2);
let failed = 0;
for (const name of ["recording", "creation", "analysis", "panel", "editor"].filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const file = `bench/${name}.ts`;
  if (!existsSync(path.join(root, file))) throw new Error(`${file} is not there`);
  say(`— ${name}`);
  if ((await tool("tsx/dist/cli.mjs", [file])).code !== 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);

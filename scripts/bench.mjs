// Runs the measurements of bench/; each prints its own JSON.
import { existsSync } from "node:fs";
import path from "node:path";
import { ensurePackages, root, run, tool } from "./lib/project.mjs";

await ensurePackages();
const build = await run(process.execPath, [path.join(root, "esbuild.mjs"), "--production"]);
if (build.code !== 0) process.exit(build.code);
const main = ["bench/index.ts", "bench/main.ts"].find((file) => existsSync(path.join(root, file)));
if (!main) throw new Error("bench/ has no index.ts or main.ts");
const { code } = await tool("tsx/dist/cli.mjs", [main, ...process.argv.slice(2)]);
process.exit(code);

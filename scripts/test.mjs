// Everything that checks the project, from a bare clone.   npm test [-- unit property cli webview vscode lint]
// The last line is the sum over all suites: "N passed, N failed, N skipped".
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBrowser } from "./lib/browser.mjs";
import { ensurePackages, root, run, say, tool } from "./lib/project.mjs";

/** A suite that hangs is a failed suite. */
const LIMIT = 10 * 60_000;
/** Five thousand real runs, some twenty minutes on two idle cores and more on busy ones; JUDGE_SEEDS=20 asks for all, and for as long as they take. */
const JUDGES_LIMIT = process.env.JUDGE_SEEDS ? 3 * 60 * 60_000 : 80 * 60_000;

const total = { passed: 0, failed: 0, skipped: 0 };
const only = process.argv.slice(2);
const wanted = (name) => only.length === 0 || only.includes(name);
const times = [];

/** A part of the whole; one that breaks counts as a failure and does not keep the others from running. */
async function part(name, body) {
  if (!wanted(name)) return;
  say(`\n== ${name}`);
  const began = performance.now();
  let counts;
  try {
    counts = await body();
  } catch (error) {
    console.error(error);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  times.push(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${((performance.now() - began) / 1000).toFixed(0)} s)`);
}

const check = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

async function mocha(pattern, timeout = LIMIT) {
  const folder = await mkdtemp(path.join(tmpdir(), "mocha-"));
  const file = path.join(folder, "counts.json");
  try {
    const { code } = await tool("mocha/bin/mocha.js", ["--reporter", "scripts/lib/mocha-counts.cjs", "--exit", pattern], {
      env: { ...process.env, COUNTS_FILE: file, FORCE_COLOR: "0" },
      timeout,
    });
    const counts = existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : { passed: 0, failed: 0, skipped: 0 };
    // Broken before or after its tests (a file that does not load, say): not to be taken for a success.
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    return counts;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const began = performance.now();
await ensurePackages();
process.env.CHROME_PATH = await ensureBrowser();
say(`Browser: ${process.env.CHROME_PATH}`);

say("\n== build");
const build = await run(process.execPath, [path.join(root, "esbuild.mjs"), "--tests"]);
// The suites test what is built; with an old build their verdict would mean nothing.
if (build.code !== 0) {
  say("The build failed.\n\n0 passed, 1 failed");
  process.exit(1);
}

await part("lint", async () => {
  const { lint } = await import("./lint.mjs");
  const failed = await lint();
  return { passed: 3 - failed.length, failed: failed.length, skipped: 0 };
});
for (const name of ["unit", "property", "cli", "plain", "judges", "webview"]) {
  await part(name, async () => (existsSync(path.join(root, "test", name)) ? mocha(`test/${name}/**/*.test.ts`, name === "judges" ? JUDGES_LIMIT : LIMIT) : check(false)));
}
await part("vscode", async () => {
  const { vscodeSuite } = await import("./vscode-suite.mjs");
  return vscodeSuite();
});
await part("walk", () => mocha("test/vscode/walk/**/*.test.ts"));

say(`\n${times.join("\n")}\n${((performance.now() - began) / 1000).toFixed(0)} s in all\n`);
say(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exit(total.failed > 0 ? 1 : 0);

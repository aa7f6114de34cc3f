// Types, style, and the layers of docs/architecture.md.
import { ensurePackages, say, tool } from "./lib/project.mjs";

/** @returns {Promise<string[]>} what failed */
export async function lint() {
  const failed = [];
  for (const [name, file, args] of [
    ["type-check", "typescript/bin/tsc", ["-p", "."]],
    ["eslint", "eslint/bin/eslint.js", ["--max-warnings", "0", "."]],
    ["layers", "dependency-cruiser/bin/dependency-cruise.mjs", ["--config", ".dependency-cruiser.cjs", "src", "webview", "test"]],
  ]) {
    say(`— ${name}`);
    if ((await tool(file, args)).code !== 0) failed.push(name);
  }
  return failed;
}

if (process.argv[1] === import.meta.filename) {
  await ensurePackages();
  const failed = await lint();
  say(failed.length > 0 ? `failed: ${failed.join(", ")}` : "nothing found");
  process.exit(failed.length > 0 ? 1 : 0);
}

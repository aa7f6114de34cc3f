// Builds everything that ships, and the suites that must be plain JavaScript before they can run.
//   node esbuild.mjs [--watch] [--production] [--tests]
import * as esbuild from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { webviewBuild } from "./scripts/lib/webview-build.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");
const tests = process.argv.includes("--tests");

/** Where Node code runs: the VS Code extension host and whatever Node the user has (20 or later). */
const node = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minify: production,
  keepNames: true,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
  legalComments: "none",
  metafile: true,
};

const plugin = "node_modules/concurrency-playground-tsserver-plugin";

const nodeBundles = [
  // The extension host loads only this; everything heavy stays in the other bundles.
  { entry: "src/vscode/extension.ts", out: "dist/extension.js", external: ["vscode"] },
  // Supervises runs of the extension; holds the compiler and the analysis.
  { entry: "src/start/runner.ts", out: "dist/runner.js" },
  { entry: "src/vscode/runner-main.ts", out: "dist/runner-main.js" },
  // Lives inside the student's processes and threads; task.js loads the other.
  { entry: "src/start/task.ts", out: "dist/task.js" },
  // Each thread reads all of its text and begins sooner with less of it.
  { entry: "src/runtime/task-main.ts", out: "dist/task-main.js", minify: true },
  { entry: "src/start/cli.ts", out: "dist/cli.js", banner: "#!/usr/bin/env node" },
  { entry: "src/cli/main.ts", out: "dist/cli-main.js" },
  // Resolves the import of the snippet API in the student's editor. TypeScript looks for plugins in the extension's
  // node_modules only, and wants the module itself to be the plugin's function.
  {
    entry: "src/vscode/tsserver-plugin/index.ts",
    out: `${plugin}/index.js`,
    footer: "module.exports = module.exports.default;",
  },
];

/** Writes down what `main.js` needs at once, so that the page asks for all of it together and not one after the other. */
const tellPreloads = {
  name: "tell-preloads",
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      const at = "dist/webview/";
      const needed = new Set();
      const add = (path) => {
        for (const { path: other, kind } of metafile?.outputs[path]?.imports ?? []) {
          if (kind !== "import-statement" || needed.has(other)) continue;
          needed.add(other);
          add(other);
        }
      };
      add(`${at}main.js`);
      await writeFile(`${at}preload.json`, `${JSON.stringify([...needed].map((path) => path.slice(at.length)))}\n`);
    });
  },
};

/** What runs inside VS Code's extension host. The walk beside it drives the editor from outside. */
const vscodeSuite = tests ? ["index.ts", ...(await readdir("test/vscode")).filter((name) => name.endsWith(".test.ts"))].map((name) => `test/vscode/${name}`) : [];

const builds = [
  ...nodeBundles
    .filter(({ entry }) => existsSync(entry))
    .map(({ entry, out, external = [], banner, footer, minify = production }) => ({
      ...node,
      minify,
      entryPoints: [entry],
      outfile: out,
      // Babel asks for the preset where a TypeScript config file of its own is read; none ever is.
      external: [...external, "@babel/preset-typescript/package.json"],
      ...(banner ? { banner: { js: banner } } : {}),
      ...(footer ? { footer: { js: footer } } : {}),
    })),
  ...(existsSync("webview/main.ts")
    ? [
        {
          ...webviewBuild,
          sourcemap: production ? false : "linked",
          metafile: true,
          plugins: [...webviewBuild.plugins, tellPreloads],
          outdir: "dist/webview",
        },
      ]
    : []),
  ...(tests && existsSync("test/vscode/index.ts")
    ? [{ ...node, minify: false, entryPoints: vscodeSuite, outdir: "out/test/vscode", external: ["vscode", "mocha"] }]
    : []),
];

// A production build starts clean; a development build may be in use by a running editor.
if (production) await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
await writeTypes();

if (watch) {
  const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
  console.log("watching");
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
}

/** The declarations that a student's editor gets: the snippet API, with Node's own for those who have none. */
async function writeTypes() {
  const api = await readFile("src/api.d.ts", "utf8");
  await mkdir("dist/types", { recursive: true });
  // A project's own @types/node goes before the ones beside this file.
  await writeFile("dist/types/api.d.ts", `/// <reference types="node" />\n${api}`);
  for (const name of ["@types/node", "undici-types"]) {
    await cp(`node_modules/${name}`, `dist/types/node_modules/${name}`, { recursive: true });
  }
  await mkdir(plugin, { recursive: true });
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  await writeFile(`${plugin}/package.json`, `${JSON.stringify({ name: plugin.split("/").pop(), version, main: "index.js" })}\n`);
}

// How the panel is built: for the extension, and for the tests in a browser.
import { readFile } from "node:fs/promises";

/**
 * Monaco's styles come with its scripts, when the source is shown, and not in the sheet that the first paint waits for.
 * esbuild would gather the sheets of all modules, also of those that are loaded later, in the one of the entry point.
 */
const monacoStyles = {
  name: "monaco-styles",
  setup(build) {
    build.onLoad({ filter: /[\\/]monaco-editor[\\/].*\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      // The panel has the icon font already.
      const { code } = await build.esbuild.transform(css.replace(/@font-face\s*\{[^}]*\}/g, ""), { loader: "css", minify: true });
      // Before the panel's own sheet: that one has the last word.
      const contents = `const style = document.createElement("style");
style.textContent = ${JSON.stringify(code)};
document.head.insertBefore(style, document.head.querySelector("link[rel=stylesheet]"));`;
      return { contents, loader: "js" };
    });
  },
};

/** What both have in common; `outdir`, source maps and the like are the builder's. */
export const webviewBuild = {
  bundle: true,
  platform: "browser",
  format: "esm",
  splitting: true,
  target: "es2022",
  // Also while developing: the panel then loads in half the time, and its source maps tell the names.
  minify: true,
  logLevel: "warning",
  legalComments: "none",
  loader: { ".ttf": "file", ".svg": "text" },
  entryPoints: { main: "webview/main.ts" },
  plugins: [monacoStyles],
};

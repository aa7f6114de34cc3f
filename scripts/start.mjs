// Opens the extension on samples/, from a bare clone: in the desktop VS Code where `code` is found, else in one made
// of npm packages, in the browser.   npm start [-- --web] [-- --port N]
import path from "node:path";
import { ensurePackages, cache, onPath, root, run, say, start } from "./lib/project.mjs";
import { startWebEditor } from "./lib/web-editor.mjs";

const samples = path.join(root, "samples");
const args = process.argv.slice(2);

async function inBrowser() {
  const at = args.indexOf("--port");
  // Settings and open files stay from start to start.
  const editor = await startWebEditor({ data: path.join(cache, "start"), ...(at >= 0 ? { port: Number(args[at + 1]) } : {}) });
  const address = editor.address({
    folder: samples,
    payload: [
      ["extensionDevelopmentPath", editor.remote(root)],
      ["skipWelcome", "true"],
    ],
  });
  say(`\nVS Code with the extension on samples/ is at\n\n  ${address}\n\nOpen it in a browser. Ctrl+C ends it.`);
  const opener = { darwin: "open", linux: process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? "xdg-open" : undefined }[process.platform];
  if (opener && onPath(opener)) start(opener, [address], { stdio: "ignore" });
  await new Promise((_, reject) => editor.server.once("exit", (code) => reject(new Error(`VS Code's server ended with ${code}:\n${editor.output()}`))));
}

await ensurePackages();
say("Building …");
const { code } = await run(process.execPath, [path.join(root, "esbuild.mjs")]);
if (code !== 0) process.exit(code);

const desktop = args.includes("--web") ? undefined : onPath("code", "code-insiders", "codium");
if (desktop) {
  say(`Opening samples/ in ${desktop} …`);
  const opened = await run(desktop, [`--extensionDevelopmentPath=${root}`, samples], { shell: process.platform === "win32" });
  process.exit(opened.code);
}
say("There is no `code` on the PATH.");
await inBrowser();

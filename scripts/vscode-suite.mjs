// Runs test/vscode in a real VS Code: the desktop one of @vscode/test-electron where that can be downloaded and shown,
// else the same VS Code's server in a browser.   node scripts/vscode-suite.mjs [--web]
import path from "node:path";
import { ensureBrowser, launchOptions } from "./lib/browser.mjs";
import { root, say } from "./lib/project.mjs";
import { startWebEditor } from "./lib/web-editor.mjs";

const suite = path.join(root, "out", "test", "vscode", "index.js");
const workspace = path.join(root, "test", "vscode", "fixtures");
/** How test/vscode/index.ts marks its lines. */
const MARK = "[suite] ";
const END = `${MARK}END `;
/** Starting the editor included. */
const LIMIT = 300_000;

/** Whether the desktop editor can be downloaded, and has a screen to show itself on. */
async function desktopWorks() {
  if (process.platform === "linux" && !process.env.DISPLAY) return false;
  try {
    const answer = await fetch("https://update.code.visualstudio.com/api/releases/stable", { signal: AbortSignal.timeout(4000) });
    return answer.ok;
  } catch {
    return false;
  }
}

async function onDesktop() {
  const { runTests } = await import("@vscode/test-electron");
  let output = "";
  const write = process.stdout.write.bind(process.stdout);
  // runTests prints what the editor prints; the counts are in there.
  process.stdout.write = (data, ...rest) => {
    output += data;
    return write(data, ...rest);
  };
  try {
    await runTests({
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [workspace, "--disable-extensions", "--disable-workspace-trust"],
    });
  } catch (error) {
    if (!output.includes(END)) throw error;
  } finally {
    process.stdout.write = write;
  }
  return output;
}

async function inBrowser() {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch(launchOptions(await ensureBrowser()));
  const editor = await startWebEditor({ testing: true });
  let output = "";
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const done = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`The suite did not end within ${LIMIT / 1000} s.`)), LIMIT).unref();
      page.once("crash", () => reject(new Error("The page crashed.")));
      void page.exposeFunction("codeAutomationExit", (code) => resolve(code));
      void page.exposeFunction("codeAutomationLog", (_type, args) => {
        const text = args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg))).join(" ");
        output += `${text}\n`;
        for (const line of text.split("\n")) {
          // The editor's own messages are not the suite's.
          if (line.startsWith(MARK) && !line.startsWith(END)) say(line.slice(MARK.length));
        }
      });
    });
    await page.goto(
      editor.address({
        folder: workspace,
        payload: [
          ["extensionDevelopmentPath", editor.remote(root)],
          ["extensionTestsPath", editor.remote(suite)],
          ["skipWelcome", "true"],
        ],
      }),
    );
    await done;
  } finally {
    await browser.close();
    await editor.stop();
  }
  return output;
}

/** @returns {Promise<{ passed: number, failed: number, skipped: number }>} */
export async function vscodeSuite({ web = false } = {}) {
  const desktop = !web && (await desktopWorks());
  say(desktop ? "VS Code: the desktop editor (@vscode/test-electron)" : "VS Code: its server in a browser (no desktop editor can be downloaded or shown here)");
  const output = desktop ? await onDesktop() : await inBrowser();
  const counts = output.split("\n").find((line) => line.startsWith(END));
  if (!counts) throw new Error(`The suite did not say how it ended. The editor's last words:\n${output.slice(-4000)}`);
  return JSON.parse(counts.slice(END.length));
}

if (process.argv[1] === import.meta.filename) {
  const { passed, failed, skipped } = await vscodeSuite({ web: process.argv.includes("--web") });
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed > 0 ? 1 : 0);
}

// A browser for the tests of the panel and of the extension: the machine's own, else a downloaded one.
import { existsSync } from "node:fs";
import { onPath, run, say, tool } from "./project.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...[process.env["PROGRAMFILES"], process.env["PROGRAMFILES(X86)"], process.env["LOCALAPPDATA"]]
    .filter(Boolean)
    .flatMap((folder) => [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`]),
];

async function downloaded() {
  const { chromium } = await import("playwright-core");
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/** Path of a Chromium-based browser: $CHROME_PATH, one on this machine, or one that Playwright downloaded before. */
export async function findBrowser() {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROME_PATH names no file: ${wanted}`);
    return wanted;
  }
  return onPath(...names) ?? places.find((file) => existsSync(file)) ?? (await downloaded());
}

/** The same; gets one if there is none. Throws if that fails too. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  say("No Chromium or Chrome on this machine: getting Playwright's (npx playwright-core install chromium) …");
  await tool("playwright-core/cli.js", ["install", "chromium"], { timeout: 240_000 });
  const fetched = await downloaded();
  if (fetched) return fetched;
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    say("That did not work: installing the distribution's (apt-get install chromium) …");
    await run("apt-get", ["update", "-qq"], { timeout: 240_000 });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { timeout: 600_000 });
    const installed = await findBrowser();
    if (installed) return installed;
  }
  throw new Error("The tests need Chromium or Chrome and none could be installed. Install one, or set CHROME_PATH to one.");
}

/** How the browser is started for tests: no calls home; without its sandbox where it can't have one (root). */
export function launchOptions(executablePath) {
  const root = process.getuid?.() === 0;
  return {
    executablePath,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(root ? ["--no-sandbox"] : []),
    ],
  };
}

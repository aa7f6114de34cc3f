import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A Chromium or Chrome on this machine: CHROME_PATH, Playwright's own, then the system's. */
export function findBrowser(): string | undefined {
  const candidates = [
    process.env["CHROME_PATH"],
    ...playwrightBrowsers(),
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return candidates.find((path) => path !== undefined && path !== "" && existsSync(path));
}

function playwrightBrowsers(): string[] {
  const cache =
    process.env["PLAYWRIGHT_BROWSERS_PATH"] ??
    (process.platform === "darwin" ? join(homedir(), "Library/Caches/ms-playwright") : process.platform === "win32" ? join(homedir(), "AppData/Local/ms-playwright") : join(homedir(), ".cache/ms-playwright"));
  if (!existsSync(cache)) return [];
  const inside = ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-mac/Chromium.app/Contents/MacOS/Chromium", "chrome-win/chrome.exe"];
  return readdirSync(cache)
    .filter((name) => name.startsWith("chromium-"))
    .sort()
    .reverse()
    .flatMap((name) => inside.map((path) => join(cache, name, path)));
}

/** Starts the browser. Throws if there is none: a suite that needs one must not pass without. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error("No Chromium or Chrome found. Install one, or set CHROME_PATH to its executable.");
  return chromium.launch({ executablePath, args: FLAGS });
}

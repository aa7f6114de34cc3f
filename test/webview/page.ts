import { build } from "esbuild";
import { createServer, type Server } from "node:http";
import { mkdir, readFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import type { HostToPanel, PanelToHost } from "../../src/vscode/panel-messages";
import { webviewBuild } from "../../scripts/lib/webview-build.mjs";
import { launchBrowser } from "../support/browser";
import type { RunFixture } from "./fixtures";
import { THEMES, type ThemeName } from "./themes";

const OUT = resolve("out/webview");
const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".map": "application/json" };

declare global {
  interface Window {
    /** What the panel told its host. */
    posted: PanelToHost[];
    savedState: unknown;
  }
}

/** A browser and a small server that stand in for VS Code's webview. */
export class Bench {
  private constructor(
    private readonly server: Server,
    readonly browser: Browser,
    private readonly origin: string,
  ) {}

  static async start(): Promise<Bench> {
    await build({ ...webviewBuild, outdir: OUT });
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://panel").pathname;
      if (path === "/") {
        response.setHeader("content-type", "text/html; charset=utf-8").end(page());
        return;
      }
      if (path === "/favicon.ico") {
        response.writeHead(204).end();
        return;
      }
      readFile(join(OUT, path.replace(/[^\w.-]/g, ""))).then(
        (content) => response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream").end(content),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    return new Bench(server, await launchBrowser(), `http://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  async open(options: { theme?: ThemeName; width?: number; height?: number; saved?: unknown } = {}): Promise<Panel> {
    const { theme = "dark", width = 1400, height = 860, saved = null } = options;
    const context = await this.browser.newContext({ viewport: { width, height }, locale: "en-US" });
    const page = await context.newPage();
    const panel = new Panel(page);
    const { bodyClass, variables } = THEMES[theme];
    // The loader of the tests names functions by a helper that the page does not have.
    await page.addInitScript("globalThis.__name = (value) => value");
    // As VS Code does it: variables on the root element, the theme's class on the body, the state in the page's keeping.
    await page.addInitScript(
      ({ bodyClass, variables, saved }) => {
        window.posted = [];
        window.savedState = saved;
        Object.assign(window, {
          acquireVsCodeApi: () => ({
            postMessage: (message: PanelToHost) => window.posted.push(message),
            getState: () => window.savedState,
            setState: (state: unknown) => (window.savedState = structuredClone(state)),
          }),
        });
        const apply = (): void => {
          for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
          document.body.className = bodyClass;
        };
        document.addEventListener("DOMContentLoaded", apply);
      },
      { bodyClass, variables, saved },
    );
    await page.goto(this.origin);
    await page.waitForFunction(() => window.posted.some(({ type }) => type === "ready"));
    return panel;
  }
}

/** The page as `src/vscode/panel-html.ts` makes it, with the same policy. */
function page(): string {
  const policy = "default-src 'none'; script-src 'nonce-n0nce' 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self'; worker-src blob: 'self'";
  return `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>panel</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="main.css"></head><body><script type="module" nonce="n0nce" src="main.js"></script></body></html>`;
}

/** One open panel, and what a host and a student do with it. */
export class Panel {
  /** Errors of the page, and refusals of its policy. */
  readonly errors: string[] = [];

  constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.errors.push(error.stack ?? error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.errors.push(message.text());
    });
  }

  async send(message: HostToPanel): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, "*"), message);
  }

  async idle(): Promise<void> {
    // A message posted before is taken in first; what it causes is then waited for.
    await this.page.evaluate(() => new Promise<void>((taken) => setTimeout(() => void window.__idle.then(() => taken()), 0)));
  }

  async init(file: string, code: string, mode: "threads" | "processes" = "threads", locale = "en"): Promise<void> {
    await this.send({ type: "init", locale, file, text: code, mode, perturb: null, monacoBase: "" });
  }

  /** Sends a trace in pieces of some size, as the host does. */
  async trace(run: number, bytes: Uint8Array): Promise<void> {
    await this.page.evaluate(
      ([run, base64]) => {
        const text = atob(base64);
        const all = new Uint8Array(text.length);
        for (let i = 0; i < text.length; i++) all[i] = text.charCodeAt(i);
        for (let at = 0; at < all.length; at += 1 << 20) {
          const piece = all.slice(at, at + (1 << 20)).buffer;
          window.postMessage({ type: "trace", run, bytes: piece }, "*", [piece]);
        }
      },
      [run, Buffer.from(bytes).toString("base64")] as const,
    );
  }

  /** Tells a whole run and waits until it is drawn. */
  async show(fixture: RunFixture, run = 1, locale = "en"): Promise<void> {
    const { file, code, mode, perturb = null, bytes, findings, outcome, duration, diagnostics = [], reason, costs } = fixture;
    await this.init(file, code, mode, locale);
    await this.send({ type: "run-started", run, file, mode, perturb });
    await this.trace(run, bytes);
    await this.send({ type: "findings", run, findings });
    await this.send({ type: "run-ended", run, outcome, exitCode: outcome === "completed" ? 0 : 1, duration, diagnostics, ...(reason === undefined ? {} : { reason }), ...(costs ? { costs } : {}) });
    await this.idle();
  }

  posted(): Promise<PanelToHost[]> {
    return this.page.evaluate(() => window.posted);
  }

  async openPart(name: string): Promise<void> {
    await this.page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
    await this.idle();
  }

  async screenshot(name: string): Promise<void> {
    await mkdir("out/screenshots", { recursive: true });
    await this.page.screenshot({ path: `out/screenshots/${name}.png`, animations: "disabled" });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

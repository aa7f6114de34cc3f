import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { chromium, type Browser, type FrameLocator, type Page } from "playwright-core";
import { ensureBrowser, launchOptions } from "../../../scripts/lib/browser.mjs";
import { startWebEditor, type WebEditor } from "../../../scripts/lib/web-editor.mjs";

export const root = path.resolve(__dirname, "../../..");
/** Milliseconds for the workbench to be there: it loads some 20 MB of scripts, on a machine that may do much else. */
export const START = 120_000;
const pictures = path.join(root, "out", "pictures");

/** The workbench as a person at the screen uses it. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly editor: WebEditor,
  ) {}

  /** @param trust ask whether the folder is trusted: it is not, then */
  static async open(folder: string, { trust = false, locale = "en" } = {}): Promise<Workbench> {
    const editor = await startWebEditor({ trust });
    const browser = await chromium.launch(launchOptions(await ensureBrowser()));
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, locale });
    const workbench = new Workbench(page, browser, editor);
    const payload: [string, string][] = [
      ["extensionDevelopmentPath", editor.remote(root)],
      ["skipWelcome", "true"],
    ];
    try {
      await page.goto(editor.address({ folder, payload }), { timeout: START, waitUntil: "commit" });
      await page.locator(".explorer-folders-view").waitFor({ timeout: START });
      return workbench;
    } catch (error) {
      await workbench.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.editor.stop();
  }

  /** Process id of the editor's server. */
  get server(): number {
    return this.editor.server.pid!;
  }

  /**
   * Reloads the window when it is known which panels are open, and of which snippet: VS Code in a browser stores that every five seconds or
   * so, when it is idle, and nothing at the end (BrowserStorageService). What a panel kept for itself may still be lost.
   */
  async reload(): Promise<void> {
    // Asked from here: waitForFunction() takes the promise of an asynchronous answer for the answer.
    const deadline = Date.now() + START;
    while (!(await this.page.evaluate(layoutHasPanel, "concurrencyPlayground.panel"))) {
      if (Date.now() > deadline) throw new Error("The editor has not stored its layout with the panel in it");
      await this.page.waitForTimeout(500);
    }
    await this.page.reload({ timeout: START, waitUntil: "commit" });
    await this.page.locator(".explorer-folders-view").waitFor({ timeout: START });
  }

  async openFile(name: string): Promise<void> {
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
    // The panel's tab has the file's name in its own.
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Of the only text editor in view. Whether its group or the panel's has the focus is not asked: on a busy machine a click in the panel may be told late. */
  async clickCodeLens(title: string): Promise<void> {
    await this.page.locator(".editor-group-container .codelens-decoration a", { hasText: title }).click({ timeout: 60_000 });
  }

  async command(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
  }

  /** The panel's page: a frame in the webview's frame. */
  get panel(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame");
  }

  /** "Ln 5, Col 3" of the status bar. */
  async cursor(): Promise<string> {
    return (await this.page.locator("#status\\.editor\\.selection").textContent()) ?? "";
  }

  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }
}

/** In the page: the editor's layout in the browser's database has a panel of this type with what its page keeps (its playhead, say). No functions with a name: their helper is not in the page. */
async function layoutHasPanel(type: string): Promise<boolean> {
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith("vscode-web-state-db")) continue;
    const opening = indexedDB.open(name);
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    const database = opening.result;
    try {
      if (!database.objectStoreNames.contains("ItemTable")) continue;
      const layout: IDBRequest<unknown> = database.transaction("ItemTable").objectStore("ItemTable").get("memento/workbench.parts.editor");
      await new Promise((resolve, reject) => {
        layout.onsuccess = resolve;
        layout.onerror = reject;
      });
      if (typeof layout.result === "string" && layout.result.includes(type) && layout.result.includes("playhead")) return true;
    } finally {
      database.close();
    }
  }
  return false;
}

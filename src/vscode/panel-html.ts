import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** The modules that the panel's main one imports, told by the build. */
function preloads(assets: vscode.Uri): string[] {
  known ??= JSON.parse(readFileSync(vscode.Uri.joinPath(assets, "preload.json").fsPath, "utf8")) as string[];
  return known;
}
let known: string[] | undefined;

/**
 * The page that loads the panel. Nothing but the extension's own files may load or run; styles may be inline because
 * the canvas, Monaco and the elements set them; Monaco's workers are blobs.
 */
export function panelHtml(webview: vscode.Webview, assets: vscode.Uri, title: string): string {
  const nonce = randomBytes(18).toString("base64");
  const of = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(assets, name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${webview.cspSource}`,
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `font-src ${webview.cspSource} data:`,
    `img-src ${webview.cspSource} data: blob:`,
    `connect-src ${webview.cspSource}`,
    `worker-src blob: ${webview.cspSource}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escape(title)}</title>
${preloads(assets).map((name) => `  <link rel="modulepreload" nonce="${nonce}" href="${of(name)}">\n`).join("")}  <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${of("main.css")}">
</head>
<body>
  <script type="module" nonce="${nonce}" src="${of("main.js")}"></script>
</body>
</html>`;
}

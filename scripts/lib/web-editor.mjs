// A real VS Code made of npm packages: code-server's copy of VS Code's server, shown in a browser. For machines
// without a desktop VS Code (or without a way to download one).
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { cache, npm, say, start, stop } from "./project.mjs";

const CODE_SERVER = "4.139.1";
/** What this code-server's server runs on. */
const NODE_MAJOR = 24;
const home = path.join(cache, `code-server-${CODE_SERVER}`);
const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** The npm package that holds Node's executable for this machine (what the package `node` installs by a script). */
function nodePackage() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${platform}-${process.arch}`;
}

const ownNodeFits = Number(process.versions.node.split(".")[0]) === NODE_MAJOR;

function nodeExecutable(folder) {
  if (ownNodeFits) return process.execPath;
  return path.join(folder, "node_modules", nodePackage(), "bin", process.platform === "win32" ? "node.exe" : "node");
}

async function installInto(folder) {
  const install = async (cwd, args) => {
    const { code, output } = await npm(["install", ...args, ...quiet], { cwd, quiet: true });
    if (code !== 0) throw new Error(`npm install in ${cwd} failed:\n${output}`);
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  await install(folder, [`code-server@${CODE_SERVER}`, ...(ownNodeFits ? [] : [`${nodePackage()}@${NODE_MAJOR}`])]);
  const server = path.join(folder, "node_modules", "code-server", "lib", "vscode");
  await install(server, ["--omit=dev"]);
  await install(path.join(server, "extensions"), ["--omit=dev"]);
  // The web client asks for this name.
  await symlink("node_modules", path.join(server, "node_modules.asar"), process.platform === "win32" ? "junction" : "dir");
}

/** Installs it once (some 30 s, 700 MB) and tells where its parts are. */
export async function ensureWebEditor() {
  if (!existsSync(home)) {
    say(`Installing VS Code 1.${CODE_SERVER.slice(2)} from npm into ${path.relative(process.cwd(), home) || home} (once, half a minute) …`);
    const partial = `${home}.partial`;
    await rm(partial, { recursive: true, force: true });
    await installInto(partial);
    await rename(partial, home); // a half-finished installation is never taken for a whole one
  }
  return {
    node: nodeExecutable(home),
    main: path.join(home, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js"),
    vscode: path.join(home, "node_modules", "code-server", "lib", "vscode"),
  };
}

/** Nothing beside the editor: no chat, no welcome page. The user's own settings, kept by the browser, go before these. */
async function writeSettings(folder) {
  await mkdir(folder, { recursive: true });
  const settings = {
    "chat.disableAIFeatures": true,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "security.workspace.trust.untrustedFiles": "open",
    "typescript.disableAutomaticTypeAcquisition": true,
  };
  await writeFile(path.join(folder, "settings.json"), `${JSON.stringify(settings, undefined, 2)}\n`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Starts the server.
 * @param {{ port?: number, testing?: boolean, data?: string, trust?: boolean }} options
 *   testing: take an extension and a suite to run from the page's address; data: keeps settings from start to start;
 *   trust: ask whether to trust a folder, as a desktop editor does
 */
export async function startWebEditor({ port, testing = false, data, trust = false } = {}) {
  const { node, main } = await ensureWebEditor();
  await mkdir(cache, { recursive: true });
  const folder = data ?? (await mkdtemp(path.join(cache, "web-")));
  const use = port ?? (await freePort());
  await writeSettings(path.join(folder, "data", "data", "Machine"));
  const server = start(
    node,
    [
      main,
      "--host", "127.0.0.1",
      "--port", String(use),
      "--without-connection-token",
      "--accept-server-license-terms",
      // Without this the workbench ignores which extension and suite the page's address names.
      "--enable-smoke-test-driver",
      ...(trust ? [] : ["--disable-workspace-trust"]),
      "--server-data-dir", path.join(folder, "data"),
      "--extensions-dir", path.join(folder, "extensions"),
      "--telemetry-level", "off",
      ...(testing ? ["--log", "info"] : []),
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NODE_OPTIONS: "" } },
  );
  let output = "";
  await new Promise((resolve, reject) => {
    const take = (data) => {
      output = (output + data).slice(-20_000);
      if (/Extension host agent listening|Web UI available|listening on/i.test(output)) resolve();
    };
    server.stdout.on("data", take);
    server.stderr.on("data", take);
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`VS Code's server ended with ${code}:\n${output}`)));
    setTimeout(() => reject(new Error(`VS Code's server said nothing for 60 s:\n${output}`)), 60_000).unref();
  });
  return {
    port: use,
    server,
    /** What the server printed last. */
    output: () => output,
    /** @param {{ folder: string, payload?: [string, string][] }} page */
    address({ folder: shown, payload = [] }) {
      const query = new URLSearchParams({ folder: shown.split(path.sep).join("/") });
      if (payload.length > 0) query.set("payload", JSON.stringify(payload));
      return `http://localhost:${use}/?${query}`;
    },
    /** How the page's address names a file of this machine. */
    remote: (file) => `vscode-remote://localhost:${use}${file.split(path.sep).join("/").replace(/^(?!\/)/, "/")}`,
    async stop() {
      await stop(server);
      if (!data) await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 200 });
    },
  };
}

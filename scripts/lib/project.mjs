// What every script needs before anything is installed: Node's own modules only.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
/** Downloads and scratch data of editors under test; ignored by git, safe to delete. */
export const cache = path.join(root, ".vscode-test");

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Children that are not to outlive us, however we end. */
const children = new Set();

function endTree(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === "win32") spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // it has just ended by itself
  }
}

/** Starts a program as the head of a process group of its own, so that all that it starts ends with it. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, detached: process.platform !== "win32", ...options });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/** Ends a program and all that it started; resolves when it is gone. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  endTree(child, "SIGTERM");
  const force = setTimeout(() => endTree(child, "SIGKILL"), 3000);
  await gone;
  clearTimeout(force);
}

process.once("exit", () => {
  for (const child of children) endTree(child, "SIGKILL");
});
for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]]) {
  process.once(signal, () => process.exit(code));
}

/**
 * Runs a program to its end.
 * @returns {Promise<{ code: number, output: string, stdout: string }>} output: what it printed, also shown unless `quiet`
 */
export function run(command, args, { quiet = false, timeout, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stdout = "";
    const take = (stream) => (data) => {
      output += data;
      if (stream === process.stdout) stdout += data;
      if (!quiet) stream.write(data);
    };
    child.stdout.on("data", take(process.stdout));
    child.stderr.on("data", take(process.stderr));
    const limit = timeout && setTimeout(() => {
      output += `\nNot finished after ${timeout / 1000} s; ended.\n`;
      process.stderr.write(`${command} ${args.join(" ")}: not finished after ${timeout / 1000} s; ended.\n`);
      endTree(child, "SIGKILL");
    }, timeout);
    child.once("error", (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? 1, output, stdout });
    });
  });
}

/** npm as this Node came with; on Windows it is a script that needs a shell. */
export function npm(args, options = {}) {
  return run("npm", args, { shell: process.platform === "win32", ...options });
}

/** Installs the project's packages if they are not there. Install scripts are not needed by any of them. */
export async function ensurePackages() {
  if (existsSync(path.join(root, "node_modules", ".package-lock.json"))) return;
  say("Installing the project's packages (npm ci) …");
  const { code } = await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) throw new Error(`npm ci ended with ${code}: its message is above. The packages come from the npm registry; is there a network?`);
}

/** Runs a Node program of node_modules. */
export function tool(file, args, options = {}) {
  return run(process.execPath, [path.join(root, "node_modules", file), ...args], options);
}

/** First of these commands that is on the PATH, as a full path. */
export function onPath(...names) {
  const extensions = process.platform === "win32" ? [".cmd", ".exe", ""] : [""];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
      for (const extension of extensions) {
        const file = path.join(folder, name + extension);
        if (folder && existsSync(file)) return file;
      }
    }
  }
  return undefined;
}

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const TASKS = 8;
if (process.argv[2] === "child") {
  process.send(process.memoryUsage.rss() / 1e6);
  process.once("message", () => process.disconnect());
} else {
  const children = Array.from({ length: TASKS }, () => fork(fileURLToPath(import.meta.url), ["child"]));
  const sizes = (await Promise.all(children.map((child) => once(child, "message")))).map(([size]) => size).sort((a, b) => a - b);
  for (const child of children) child.send("go on");
  console.log(`BENCH ${sizes[TASKS / 2]} ADDED 0`);
}

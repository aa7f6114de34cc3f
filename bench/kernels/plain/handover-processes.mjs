import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WARM = 500;
const TURNS = 2500;
const child = process.argv[2] !== undefined;
const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), "handover-"));
const there = join(folder, "there");
const back = join(folder, "back");
if (!child) {
  execFileSync("mkfifo", [there, back]);
  spawn(process.execPath, [fileURLToPath(import.meta.url), folder], { stdio: "inherit" });
}
// Both sides open in the same order: an end of a FIFO opens when the other does.
const out = child ? undefined : openSync(there, "w");
const input = child ? openSync(there, "r") : openSync(back, "r");
const mine = out ?? openSync(back, "w");
const byte = new Uint8Array(1);
let began = 0;
for (let i = 0; i < TURNS; i++) {
  if (i === WARM) began = performance.now();
  if (child) readSync(input, byte);
  writeSync(mine, byte);
  if (!child) readSync(input, byte);
}
if (!child) {
  console.log(`BENCH ${(performance.now() - began) / (2 * (TURNS - WARM))}`);
  rmSync(folder, { recursive: true });
}

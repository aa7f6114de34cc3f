import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "../cli/cli";
import { printed } from "./as-in-node";

/** What ends each of them stands in a line that recording changes. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "first-line.mjs": "const words = new Int32Array(new SharedArrayBuffer(8)); words[0] = missing(words[1]);\n",
  "first-line.cjs": "const words = new Int32Array(new SharedArrayBuffer(8)); words[0] = missing(words[1]);\n",
  "later.mjs": "const words = new Int32Array(new SharedArrayBuffer(8));\n\nfunction update() {\n\tif (words[0]++ === 0) { words[1] += words[0]; throw new RangeError('at ' + words[1]); }\n}\nupdate();\n",
  "thrown.cjs": "const words = new Int32Array(new SharedArrayBuffer(8));\nsetTimeout(() => {\n  words[0]++; Atomics.add(words, 9, 1);\n}, 1);\n",
  "not-atomic.cjs": "const sums = new Float64Array(new SharedArrayBuffer(8));\n/* a */ Atomics.load(sums, 0);\n",
  "not-a-number.mjs": "const words = new Int32Array(new SharedArrayBuffer(8));\nfunction clear(value) {\n  words.fill(value);\n}\nclear(1n);\n",
  "not-cloned.cjs": "const { port1 } = new MessageChannel();\nconst message = { words: new Int32Array(new SharedArrayBuffer(8)), f() {} };\nport1.postMessage(message);\n",
  "rejected.mjs": "const words = new Int32Array(new SharedArrayBuffer(8));\nsetTimeout(() => {\n  void Promise.reject(new Error(`after ${words[0]++}`));\n}, 1);\n",
  "own-words.cjs": "console.error('file:1\\nconst a = 1\\n   ^');\nconst words = new Int32Array(new SharedArrayBuffer(8));\nwords[0] = null.x + words[1];\n",
};

describe("an error that nothing catches", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "uncaught-"));
  after(() => rmSync(folder, { recursive: true }));

  it("is told so of a child process, too", async () => {
    const child = join(folder, "first-line.cjs");
    writeFileSync(child, PROGRAMS["first-line.cjs"]!);
    const file = join(folder, "parent.cjs");
    writeFileSync(file, `require("node:child_process").fork(${JSON.stringify(child)}).on("exit", (code) => { process.exitCode = code + 1; });\n`);
    const { report: found } = await report(file, "threads");
    const told = printed(found, "stderr");
    assert.equal(told.split("\n").slice(0, 2).join("\n"), `${child}:1\n${PROGRAMS["first-line.cjs"]!.trim()}`);
    assert.equal(found.exitCode, 2);
  });

  for (const [name, text] of Object.entries(PROGRAMS)) {
    it(`is told with the program's own line, as Node tells it: ${name}`, async () => {
      const file = join(folder, name);
      writeFileSync(file, text);
      const node = spawnSync(process.execPath, [file], { encoding: "utf8" });
      const { report: found } = await report(file, "threads");
      // Up to the program's last frame: those inside Node are not the same.
      const upTo = (all: string): string[] => all.split("\n").slice(0, 1 + all.split("\n").findIndex((line) => /^ +at /.test(line)));
      assert.ok(upTo(node.stderr).length > 5, node.stderr);
      assert.deepEqual(upTo(printed(found, "stderr")), upTo(node.stderr));
      assert.match(printed(found, "stderr"), /\n\nNode\.js v[\d.]+\n$/);
      assert.equal(found.exitCode, node.status);
      // An ES module that throws as it is evaluated has rejected no promise of the program's.
      const crash = found.findings.find(({ kind }) => kind === "crash") as (typeof found.findings)[number] & { explanation: string[] };
      assert.match(crash.explanation[0]!, name.startsWith("rejected") ? /^A promise was rejected/ : /^An exception/);
    });
  }
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

type Printed = [stream: string, text: string, seq: number, site: number];

/** Runs code in a thread whose console records; the thread's real output must stay empty. */
async function printed(code: string): Promise<Printed[]> {
  const path = (name: string): string => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const worker = new Worker(
    `require("tsx/cjs");
     const { parentPort } = require("node:worker_threads");
     const { installConsole } = require(${path("../../../src/runtime/console/index.ts")});
     const { startTask } = require(${path("./task.ts")});
     const task = startTask();
     const { recorder } = task;
     let seq = 0;
     installConsole({ recorder, nextSeq: () => ++seq });
     recorder.site = 3;
     ${code}
     parentPort.postMessage(task.trace().lines.map((line) => [line.stream, line.text, line.seq, line.site]));`,
    { eval: true, stdout: true, stderr: true },
  );
  const real: Buffer[] = [];
  worker.stdout.on("data", (data: Buffer) => real.push(data));
  worker.stderr.on("data", (data: Buffer) => real.push(data));
  const [lines] = (await once(worker, "message")) as [Printed[]];
  await once(worker, "exit");
  assert.equal(Buffer.concat(real).toString(), "");
  return lines;
}

describe("console of a task", () => {
  it("formats as Node does and keeps the streams apart", async () => {
    const lines = await printed(`
      console.log("%s is %d", "x", 5, { a: [1] });
      console.info("i"); console.debug("d"); console.warn("w"); console.error(new Error("boom").message);
      console.group("outer"); console.log("a\\nb"); console.groupEnd();
      console.table([{ n: 1 }]);
      console.assert(1 === 2, "no");
      console.count(); console.dir({ deep: { er: 1 } });
      console.log(task.shared({ balance: 1 }));
    `);
    assert.deepEqual(
      lines.map(([stream, text]) => [stream, text]),
      [
        ["stdout", "x is 5 { a: [ 1 ] }\n"],
        ["stdout", "i\n"],
        ["stdout", "d\n"],
        ["stderr", "w\n"],
        ["stderr", "boom\n"],
        ["stdout", "outer\n"],
        ["stdout", "  a\n  b\n"],
        ["stdout", "┌─────────┬───┐\n│ (index) │ n │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\n"],
        ["stderr", "Assertion failed: no\n"],
        ["stdout", "default: 1\n"],
        ["stdout", "{ deep: { er: 1 } }\n"],
        ["stdout", "{ balance: 1 }\n"],
      ],
    );
    assert.deepEqual(lines.map(([, , seq]) => seq), lines.map((_, i) => i + 1));
    assert.ok(lines.every(([, , , site]) => site === 3));
  });

  it("takes what is written to the streams directly, also characters in pieces", async () => {
    const lines = await printed(`
      process.stdout.write("one", () => {});
      const bytes = Buffer.from("é");
      process.stdout.write(bytes.subarray(0, 1)); process.stdout.write(bytes.subarray(1));
      process.stderr.write("6f6f", "hex");
    `);
    assert.deepEqual(lines.map(([stream, text]) => [stream, text]), [["stdout", "one"], ["stdout", "é"], ["stderr", "oo"]]);
  });
});

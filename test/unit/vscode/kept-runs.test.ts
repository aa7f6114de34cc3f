import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { KeptRuns, type KeepLimits } from "../../../src/vscode/kept-runs";

const LIMITS: KeepLimits = { trace: 1000, total: 5000 };

function run(file: string, ...trace: Uint8Array[]): Parameters<KeptRuns["save"]>[0] {
  return {
    id: 7,
    document: `file://${file}`,
    file,
    text: "const a = '线程';",
    mode: "processes",
  perturb: 7,
    started: 12,
    findings: [],
    costs: [],
    result: { outcome: "completed", exitCode: 0, duration: 5, diagnostics: [] },
    trace,
  };
}

describe("kept runs", () => {
  let folder: string;
  let failures: Error[];
  const store = (version = "1.0.0"): KeptRuns => new KeptRuns(folder, version, (error) => failures.push(error), LIMITS);
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), "kept-")), "runs");
    failures = [];
  });
  afterEach(async () => {
    await rm(path.dirname(folder), { recursive: true });
  });

  it("come back whole in the next window", async () => {
    const earlier = store();
    earlier.save(run("/a.ts", new Uint8Array([1, 2]), new Uint8Array([3])));
    await earlier.settled();
    const kept = await store().load("/a.ts");
    assert.deepEqual(kept, { ...run("/a.ts"), traceBytes: 3, trace: new Uint8Array([1, 2, 3]) });
    assert.deepEqual(failures, []);
  });

  it("are kept beside a comparison of the same file", async () => {
    const earlier = store();
    const state = { running: false, done: 3, of: 20, comparison: null, reason: "Stopped by you.", diagnostics: [] };
    earlier.save(run("/a.ts", new Uint8Array([1])));
    earlier.saveComparison({ document: "file:///a.ts", file: "/a.ts", started: 5, state });
    await earlier.settled();
    assert.deepEqual(await store().loadComparison("/a.ts"), { document: "file:///a.ts", file: "/a.ts", started: 5, state });
    assert.equal((await store().load("/a.ts"))?.id, 7);
    assert.equal(await store().loadComparison("/b.ts"), undefined);
    assert.equal(await store("1.0.1").loadComparison("/a.ts"), undefined);
    assert.deepEqual(failures, []);
  });

  it("are the last ones of each file", async () => {
    const kept = store();
    kept.save(run("/a.ts", new Uint8Array([1])));
    kept.save(run("/b.ts", new Uint8Array([2])));
    kept.save({ ...run("/a.ts", new Uint8Array([3])), id: 8 });
    assert.deepEqual([(await kept.load("/a.ts"))?.id, (await kept.load("/a.ts"))?.trace], [8, new Uint8Array([3])]);
    assert.deepEqual((await kept.load("/b.ts"))?.trace, new Uint8Array([2]));
    assert.equal(await kept.load("/c.ts"), undefined);
    assert.equal((await readdir(folder)).length, 2);
  });

  it("lose a trace that is too long, and nothing else", async () => {
    const kept = store();
    kept.save(run("/a.ts", new Uint8Array(600), new Uint8Array(600)));
    const found = await kept.load("/a.ts");
    assert.deepEqual([found?.traceBytes, found?.trace.byteLength, found?.text], [1200, 0, "const a = '线程';"]);
  });

  it("give way, the oldest first, when they take too much room", async () => {
    const kept = store();
    for (let n = 0; n < 8; n++) {
      kept.save(run(`/${n}.ts`, new Uint8Array(900)));
      await kept.settled();
      for (const name of await readdir(folder)) if (n === 0) await utimes(path.join(folder, name), 1, 1);
    }
    assert.equal(await kept.load("/0.ts"), undefined);
    assert.equal((await kept.load("/7.ts"))?.trace.byteLength, 900);
    assert.ok((await readdir(folder)).length <= 5);
  });

  it("of another version of the extension are not read", async () => {
    const kept = store();
    kept.save(run("/a.ts", new Uint8Array([1])));
    await kept.settled();
    assert.equal(await store("1.0.1").load("/a.ts"), undefined);
    assert.deepEqual(failures, []);
  });

  it("that are damaged are told and are no reason to fail", async () => {
    const kept = store();
    kept.save(run("/a.ts", new Uint8Array([1])));
    await kept.settled();
    const [name] = await readdir(folder);
    await writeFile(path.join(folder, name!), "no run");
    assert.equal(await kept.load("/a.ts"), undefined);
    assert.equal(failures.length, 1);
  });
});

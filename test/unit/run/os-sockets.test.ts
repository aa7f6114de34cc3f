import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canListen } from "../../../src/run/os-sockets";

describe("local sockets in a run's folder", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "cp-sockets-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("can be had where the system has them, and the look leaves nothing there", async function () {
    if (process.platform === "win32") this.skip();
    assert.equal(canListen(folder), true);
    await new Promise(setImmediate);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("can't where there is no such folder, or its path is too long for the system", async () => {
    assert.equal(canListen(join(folder, "missing")), false);
    assert.equal(canListen(join(folder, "x".repeat(100))), false);
    await new Promise(setImmediate);
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCode } from "../../../src/start/code-cache";

describe("code cache", () => {
  let folder: string;
  let file: string;
  let cache: string;
  const result = (loaded: ReturnType<typeof loadCode>): unknown => {
    const module = { exports: {} as { value?: unknown } };
    loaded.body.call(module.exports, module.exports, require, module as NodeJS.Module, file, folder, loaded.keepCode, undefined);
    return module.exports.value;
  };
  // The engine remembers in this process, too, what it has compiled under a name.
  let loads = 0;
  const load = (): ReturnType<typeof loadCode> => loadCode(file, cache, `${file}-${loads++}`);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "code-"));
    file = join(folder, "code.js");
    cache = join(folder, "code.cache");
    writeFileSync(file, `exports.value = [1, typeof $keepCode, (() => __filename)().slice(-7)].join();`);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps what was compiled, and uses it the next time", () => {
    const first = load();
    assert.equal(result(first), "1,function,code.js");
    first.keepCode!();
    const second = load();
    assert.equal(second.keepCode, undefined);
    assert.equal(result(second), "1,undefined,code.js");
    assert.deepEqual(readdirSync(folder).sort(), ["code.cache", "code.js"]);
  });

  it("does not take the code of another version of the same length", () => {
    load().keepCode!();
    writeFileSync(file, readFileSync(file, "utf8").replace("[1,", "[2,"));
    utimesSync(file, 1, 1);
    const changed = load();
    assert.equal(result(changed), "2,function,code.js");
    changed.keepCode!();
    assert.equal(result(load()), "2,undefined,code.js");
  });

  it("makes anew what is torn, empty or not a cache", () => {
    load().keepCode!();
    const whole = readFileSync(cache);
    for (const bytes of [whole.subarray(0, whole.length - 8), Buffer.alloc(0), Buffer.concat([whole.subarray(0, 24), Buffer.alloc(whole.length - 24)])]) {
      writeFileSync(cache, bytes);
      const anew = load();
      assert.equal(result(anew), "1,function,code.js");
    }
    truncateSync(cache, 3);
    load().keepCode!();
    assert.equal(load().keepCode, undefined);
  });

  it("does without where the folder can't be written", () => {
    cache = join(folder, "missing", "code.cache");
    const loaded = load();
    loaded.keepCode!();
    assert.equal(result(loaded), "1,function,code.js");
  });
});

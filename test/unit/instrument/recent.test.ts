import assert from "node:assert/strict";
import { compilePlainModule, compileSnippet } from "../../../src/instrument";
import { Recent } from "../../../src/instrument/recent";

describe("what was compiled lately", () => {
  const plain = { path: "/program.mjs", text: "export const a = new Int32Array(1); a[0] = 1;", format: "module", firstFile: 0, firstSite: 1 } as const;

  it("is not compiled again", () => {
    assert.equal(compilePlainModule(plain), compilePlainModule({ ...plain }));
    const snippet = { file: "/snippet.ts", text: 'import { shared } from "concurrency-playground"; let n = shared(0); n++;' };
    assert.equal(compileSnippet(snippet), compileSnippet({ ...snippet }));
  });

  it("is compiled again with other text, in another form or with other numbers", () => {
    const before = compilePlainModule(plain);
    const others = [{ text: `${plain.text}\n` }, { path: "/other.mjs" }, { format: "script" }, { firstFile: 1 }, { firstSite: 2 }] as const;
    for (const other of others) assert.notEqual(compilePlainModule({ ...plain, ...other }), before);
    assert.equal(compilePlainModule(plain), before);
  });

  it("is forgotten when too much else has been asked for since", () => {
    const recent = new Recent<number>(2);
    recent.keep("a", 1);
    recent.keep("b", 2);
    assert.equal(recent.get("a"), 1);
    recent.keep("c", 3);
    assert.deepEqual(["a", "b", "c"].map((key) => recent.get(key)), [1, undefined, 3]);
  });
});

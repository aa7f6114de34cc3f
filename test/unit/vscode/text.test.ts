import assert from "node:assert/strict";
import fc from "fast-check";
import { smallestChange } from "../../../src/vscode/text";

describe("the smallest change between two texts", () => {
  it("is only what differs", () => {
    assert.deepEqual(smallestChange("let a = 1;", "let a = 22;"), { start: 8, end: 9, text: "22" });
    assert.deepEqual(smallestChange("aa", "aaa"), { start: 2, end: 2, text: "a" });
    assert.equal(smallestChange("same", "same"), undefined);
  });

  it("makes the one into the other, whatever they are", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = smallestChange(before, after);
        assert.equal(change ? before.slice(0, change.start) + change.text + before.slice(change.end) : before, after);
      }),
    );
  });
});

import assert from "node:assert/strict";
import { inSourceWords, quotesCompiledCode } from "../../../src/runtime/tasks/source-words";

/** Message as V8 gives it for compiled code, the code around (`^` marks where it was thrown), and the message for the student. */
const CASES: readonly (readonly [message: string, code: string, expected: string])[] = [
  ["$cp.at(...).get is not a function", "return $cp.at(p, 3).^get();", "p.get is not a function"],
  ["$cp.at(...).get is not a function", "$cp.at(a, 1).set(); $cp.at(b, 2).get(); $cp.at(c, 3).^get();", "c.get is not a function"],
  ["$cp.at(...).b is not a function", "$cp.at($cp.at(o, 1).a, 2).^b()", "o.a.b is not a function"],
  ["$cp.get(...) is not a constructor", "new ($cp.get^(list, i + 1, 7))()", "list[i + 1] is not a constructor"],
  ["$cp.iter is not a function or its return value is not iterable", "for (const x of ^$cp.iter($t1 = o.f, 4)) {}", "o.f is not iterable"],
  ["Cannot destructure property 'x' of '$cp.at(...)' as it is undefined.", "const { x } = ^$cp.at($cp.at(o, 1).zz, 2);", "Cannot destructure property 'x' of 'o.zz' as it is undefined."],
  ["$cp.at(...).foo is not a function", "$cp.at(f(\"), (\", '[', `{`, [1, 2]), 9).^foo()", "f(\"), (\", '[', `{`, [1, 2]).foo is not a function"],
  ["(0 , _lib.square) is not a function", "(0, _lib.square)^(2)", "square is not a function"],
  ["$cp.at(...).foo is not a function", "$cp.at(($cp.site(9), new _concurrencyPlayground.Mutex()), 3).^foo()", "(new Mutex()).foo is not a function"],
  ["$cp.at(...).gone is not a function", "$cp.at(p, 3).other()^", "$cp.at(...).gone is not a function"],
];

describe("messages that quote compiled code", () => {
  for (const [message, marked, expected] of CASES) {
    it(`${message} → ${expected}`, () => {
      const at = marked.indexOf("^");
      assert.equal(inSourceWords(message, marked.slice(0, at) + marked.slice(at + 1), at), expected);
    });
  }

  it("others are left alone", () => assert.equal(quotesCompiledCode("Cannot read properties of null (reading 'c')"), false));
});

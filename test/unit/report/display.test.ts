import assert from "node:assert/strict";
import { displayValue } from "../../../src/report/display";

describe("values for people", () => {
  const cases: [unknown, string][] = [
    [5, "5"],
    ["a\nb", '"a\\nb"'],
    [null, "null"],
    [true, "true"],
    [[], "[]"],
    [{}, "{}"],
    [[1, [2]], "[1, [2]]"],
    [{ balance: 90, "two words": "x" }, '{ balance: 90, "two words": "x" }'],
    [{ $undefined: true }, "undefined"],
    [{ $bigint: "12" }, "12n"],
    [{ $number: "NaN" }, "NaN"],
    [{ $map: [["a", 1], [{ $bigint: "2" }, [3]]] }, 'Map(2) { "a" => 1, 2n => [3] }'],
    [{ $set: [] }, "Set(0) {}"],
    [[1, { $more: 7 }], "[1, …]"],
    [{ a: 1, $more: 3 }, "{ a: 1, … }"],
  ];
  for (const [value, text] of cases) it(text, () => assert.equal(displayValue(value), text));
});

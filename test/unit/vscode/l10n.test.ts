import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

const json = (file: string): Record<string, string> => JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
const holes = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort();

/** The texts that the extension's code shows. */
function shown(): Set<string> {
  const texts = new Set<string>();
  for (const name of readdirSync("src/vscode", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"))) {
    const source = readFileSync(`src/vscode/${name}`, "utf8");
    for (const [, text] of source.matchAll(/l10n\.t\(\s*("(?:[^"\\]|\\.)*")/g)) texts.add(JSON.parse(text!) as string);
    assert.equal([...source.matchAll(/l10n\.t\(\s*[^"\s]/g)].length, 0, `${name}: a text that is no plain literal can't be translated`);
  }
  return texts;
}

describe("translations", () => {
  it("has every text of the extension in 简体中文, and no others", () => {
    assert.deepEqual(Object.keys(json("l10n/bundle.l10n.zh-cn.json")).sort(), [...shown()].sort());
  });

  it("keeps the places where values go", () => {
    for (const [english, chinese] of Object.entries(json("l10n/bundle.l10n.zh-cn.json"))) assert.deepEqual(holes(chinese), holes(english), english);
  });

  it("has every text of the manifest in both languages, and no others", () => {
    const used = [...new Set([...readFileSync("package.json", "utf8").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!))].sort();
    assert.deepEqual(Object.keys(json("package.nls.json")).sort(), used);
    assert.deepEqual(Object.keys(json("package.nls.zh-cn.json")).sort(), used);
  });
});

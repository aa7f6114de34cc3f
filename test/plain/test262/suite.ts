import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

const HOST = join(__dirname, "host.cjs");

/** Kinds of hosts that Node is not. */
const NOT_NODE = /^flags:.*\b(CanBlockIsFalse|module|raw)\b/m;

/** Where a test of test262's form comes from: its text, and the harness's files that it may include. */
export interface Suite {
  /** Folder of the tests. */
  readonly tests: string;
  /** Folder of what they include. */
  readonly harness: string;
}

/** Paths of tests within the suite, in order. */
export function testsOf({ tests }: Suite, under: readonly string[]): string[] {
  return under
    .flatMap((folder) => readdirSync(join(tests, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((name) => name.endsWith(".js") && !basename(name).includes("_FIXTURE"))
    .filter((name) => !NOT_NODE.test(frontMatter(readFileSync(join(tests, name), "utf8"))))
    .sort();
}

function frontMatter(text: string): string {
  return /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1] ?? "";
}

function listed(front: string, key: string): string[] {
  const inline = new RegExp(`^\\s*${key}:\\s*\\[([^\\]]*)\\]`, "m").exec(front)?.[1];
  if (inline !== undefined) return inline.split(",").map((item) => item.trim()).filter(Boolean);
  const block = new RegExp(`^\\s*${key}:\\s*\\n((?:\\s+- .*\\n?)*)`, "m").exec(front)?.[1] ?? "";
  return [...block.matchAll(/-\s*(.+)/g)].map((match) => match[1]!.trim());
}

/** Writes each test as a program for runner.cjs into `folder`, and the list of them. Returns the list's path. */
export function prepare(suite: Suite, names: readonly string[], folder: string): string {
  mkdirSync(folder, { recursive: true });
  const programs = names.map((name) => {
    const text = readFileSync(join(suite.tests, name), "utf8");
    const front = frontMatter(text);
    const flags = listed(front, "flags");
    const isAsync = flags.includes("async");
    const includes = ["assert.js", "sta.js", ...(isAsync ? ["doneprintHandle.js"] : []), ...listed(front, "includes")];
    const strict = flags.includes("onlyStrict") ? '"use strict";\n' : "";
    const prelude = `${strict}const { outcomeOf, testHost } = require(${JSON.stringify(HOST)});
const $262 = testHost();
const { print, ended: $ended } = outcomeOf({ isAsync: ${isAsync} });
`;
    const harness = [...new Set(includes)].map((include) => readFileSync(join(suite.harness, include), "utf8"));
    const program = relative(".", name).replace(/\.js$/, "").replace(/[/\\]/g, "~");
    writeFileSync(join(folder, `${program}.cjs`), [prelude, ...harness, text, "$ended();\n"].join("\n;\n"));
    return program;
  });
  const list = join(folder, "list.txt");
  writeFileSync(list, programs.join("\n"));
  return list;
}

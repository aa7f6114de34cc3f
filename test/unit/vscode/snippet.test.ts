import assert from "node:assert/strict";
import { findSnippet } from "../../../src/vscode/snippet";

const line = (text: string): number | undefined => findSnippet(text)?.line;

describe("finding a snippet", () => {
  it("sees every form of import of the modules", () => {
    const api = "concurrency-playground";
    for (const text of [
      `import { spawn } from "${api}";`,
      `import type { Task } from '${api}'`,
      `import {\n  spawn, // a comment with "quotes"\n  shared,\n} from "${api}";`,
      `import * as cp from "${api}"`,
      `import "${api}"`,
      `export { spawn } from "${api}"`,
      `const { spawn } = require("${api}");`,
      `const cp = await import( '${api}' );`,
      `import{spawn}from"${api}"`,
      'import { Worker } from "node:worker_threads";',
      'import { Worker } from "worker_threads";',
      `import fs from "node:fs";\nimport { spawn } from "${api}";`,
    ]) {
      assert.equal(line(text), 0, text);
    }
  });

  it("does not take a mention for an import", () => {
    for (const text of [
      "",
      "// import { spawn } from \"concurrency-playground\"",
      "/* import { spawn } from 'concurrency-playground' */ export {};",
      "const text = 'import { spawn } from \"concurrency-playground\"';",
      "const text = `\nimport { spawn } from \"concurrency-playground\"\n`;",
      'import x from "not-concurrency-playground";',
      'import x from "concurrency-playground-extras";',
      'import x from "./worker_threads";',
      'const name = "node:worker_threads";',
      'console.log("http://worker_threads")',
    ]) {
      assert.equal(line(text), undefined, text);
    }
  });

  it("puts the place above the first statement, below comments, directives and a hash-bang", () => {
    const code = 'import { spawn } from "concurrency-playground";';
    assert.equal(line(`// one\n// two\n${code}`), 2);
    assert.equal(line(`/* one\n two */\r\n\r\n${code}`), 3);
    assert.equal(line(`#!/usr/bin/env node\n${code}`), 1);
    assert.equal(line(`"use strict";\n${code}`), 1);
    assert.equal(line(`'use strict'\n\n// why\n${code}`), 3);
    assert.equal(line(`const first = 1;\n${code}`), 0);
    assert.equal(line(`"use strict"; ${code}`), 0);
  });

  it("does not get lost in a long file, in unclosed comments and quotes", () => {
    // Quadratic behaviour would take minutes here, and a test has one.
    const hostile = `import "worker_threads";\n${"/* ' \" ` import export from ( ".repeat(20_000)}`;
    assert.equal(line(hostile), 0);
    assert.equal(line(`${"import ".repeat(20_000)}worker_threads`), undefined);
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { withoutFalseNarrowing } from "../../../src/vscode/tsserver-plugin/narrowing";

const API = readFileSync(path.join(__dirname, "../../../src/api.d.ts"), "utf8");
const OPTIONS: ts.CompilerOptions = { strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, moduleResolution: ts.ModuleResolutionKind.Bundler, noEmit: true, skipLibCheck: true, types: [], ignoreDeprecations: "6.0" };
const IMPORT = 'import { shared, sharedMemory, spawn } from "concurrency-playground";\nimport * as cp from "concurrency-playground";\nimport { phase as imported } from "./state";\nexport {};\ndeclare const task: { join(): void };\n';
const STATE = 'import { shared } from "concurrency-playground";\nexport let phase = shared<"idle" | "busy">("idle");\n';

/** Per text, the codes of its errors before and after the filter. */
function errors(texts: readonly string[]): { all: number[]; left: number[] }[] {
  const files: Record<string, string> = { "/state.ts": STATE, "/api.d.ts": API };
  texts.forEach((text, index) => (files[`/${index}.ts`] = IMPORT + text));
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) => (files[name] === undefined ? getSourceFile.call(host, name, ...rest) : ts.createSourceFile(name, files[name], ts.ScriptTarget.ES2022, true));
  host.fileExists = (name) => files[name] !== undefined || fileExists.call(host, name);
  host.readFile = (name) => files[name] ?? readFile.call(host, name);
  // One program for all: the standard library is the long part.
  const program = ts.createProgram(Object.keys(files), OPTIONS, host);
  const codes = (list: readonly ts.Diagnostic[]): number[] => list.map(({ code }) => code);
  return texts.map((_, index) => {
    const all = [...program.getSemanticDiagnostics(program.getSourceFile(`/${index}.ts`))];
    return { all: codes(all), left: codes(withoutFalseNarrowing(ts as unknown as Parameters<typeof withoutFalseNarrowing>[0], program, all)) };
  });
}

describe("narrowing of shared variables", function () {
  this.timeout(30_000);
  const falseAlarms: [string, string, number][] = [
    ["a comparison", 'let phase = shared<"idle" | "busy">("idle");\nphase = "idle"; task.join();\nif (phase === "busy") console.log(1);', 2367],
    ["a comparison the other way round", "let done = shared(false);\ndone = false; task.join();\nif (true === done) console.log(1);", 2367],
    ["a property", "const box = shared({ full: false });\nbox.full = false; task.join();\nif (box.full === true) console.log(1);", 2367],
    ["a case", 'let phase = sharedMemory("idle" as "idle" | "busy");\nphase = "idle"; task.join();\nswitch (phase) { case "busy": console.log(1); }', 2678],
    ["a value that was null", "let winner = shared<number | null>(null);\nwinner = null; task.join();\nif (winner !== null) console.log(winner.toFixed());", 2339],
    ["a variable of a function", 'function f() { let phase = cp.shared<"idle" | "busy">("idle"); phase = "idle"; task.join(); return phase === "busy"; }\nf();', 2367],
    ["an imported variable", 'if (imported === "idle") { task.join(); if (imported === "busy") console.log(1); }', 2367],
  ];

  const real: [string, string, number][] = [
    ["values that never meet", 'let counter = shared(0);\nif (counter === "x") console.log(1);', 2367],
    ["a word that the type does not have", 'let phase = shared<"idle" | "busy">("idle");\nphase = "idle"; task.join();\nif (phase === "bussy") console.log(1);', 2367],
    ["a variable of its own", 'let phase = "idle" as "idle" | "busy";\nphase = "idle"; task.join();\nif (phase === "busy") console.log(1);', 2367],
    ["a property that nobody has", "let winner = shared<number | null>(null);\nwinner = null; task.join();\nif (winner !== null) console.log(winner.toFixd());", 2339],
    ["a missing property of a shared object", "const box = shared({ full: false });\nconsole.log(box.empty);", 2339],
    ["another function of the same name", 'function shareIt<T>(value: T): T { return value; }\nlet phase = shareIt<"idle" | "busy">("idle");\nphase = "idle"; task.join();\nif (phase === "busy") console.log(1);', 2367],
  ];

  let found: { all: number[]; left: number[] }[];
  before(() => {
    found = errors([...falseAlarms, ...real].map(([, text]) => text));
  });
  falseAlarms.forEach(([what, , code], index) => {
    it(`is no error: ${what}`, () => assert.deepEqual(found[index], { all: [code], left: [] }));
  });
  real.forEach(([what, , code], index) => {
    it(`is an error still: ${what}`, () => assert.deepEqual(found[falseAlarms.length + index], { all: [code], left: [code] }));
  });
});

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding, Report } from "../../src/report/contract";
import { startSession } from "../../src/session";

const PROGRAMS = resolve("test/programs");
const MODES = ["threads", "processes"] as const;
/** Kinds of findings that are folders of their own. */
const OTHER_KINDS = ["lost-update", "lock-order", "lock-misuse"] as const;

interface Program {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly head: string;
}

/** The programs of a folder, whose name is the verdict. */
function programs(verdict: "racy" | "clean" | "deadlock" | (typeof OTHER_KINDS)[number]): Program[] {
  return readdirSync(join(PROGRAMS, verdict)).map((name) => {
    const file = join(PROGRAMS, verdict, name);
    const text = readFileSync(file, "utf8");
    return { name: name.replace(/\.ts$/, ""), file, text, head: text.slice(0, text.indexOf("\n")) };
  });
}

/** What the head of a program says behind a word: "races: x, y." */
function named(head: string, word: string): string[] {
  return (new RegExp(`${word}: ([^.]*)`).exec(head)?.[1] ?? "").split(", ").sort();
}

function run(file: string, mode: (typeof MODES)[number]): Promise<Report> {
  return new Promise((done) => startSession({ file, mode, timeLimit: 30_000 }, { onTrace() {}, onFindings() {}, onEnd: (_result, report) => done(report) }));
}

const rootOf = (variable: string | undefined): string => /^[^.[]*/.exec(variable ?? "")![0];
const told = (findings: readonly Finding[]): string[] => findings.map(({ kind, message }) => `${kind}: ${message}`);

/** Both accesses with their places: what the report says stands there does stand there. */
function hasEvidence(finding: Finding, { text, file }: Program): void {
  const accesses = finding.accesses ?? [];
  assert.equal(accesses.length, 2);
  assert.ok(accesses.some(({ op }) => op !== "read"), "one of them writes");
  assert.deepEqual([...new Set(accesses.map(({ task }) => task))].sort(), [...finding.tasks].sort());
  assert.equal(finding.tasks.length, 2);
  for (const access of accesses) {
    assert.equal(access.file, file);
    const rest = text.split("\n").slice(access.line - 1).join("\n").slice(access.column - 1);
    assert.ok(access.text !== "" && rest.startsWith(access.text), `${access.line}:${access.column} is "${rest.slice(0, 20)}", not "${access.text}"`);
    const element = /^\w+\[\d+\]/.exec(access.text);
    if (element) assert.equal(finding.variable, element[0]);
  }
}

describe("small programs and their verdicts", () => {
  describe("racy: the race is found in every run, whether or not the tasks overlap", () => {
    for (const program of programs("racy")) {
      const everywhere = /Modes: both/.test(program.head);
      it(program.name, async () => {
        for (const mode of everywhere ? MODES : (["threads"] as const)) {
          const { findings, outcome } = await run(program.file, mode);
          const races = findings.filter(({ kind }) => kind === "data-race");
          assert.equal(outcome, "completed");
          assert.deepEqual([...new Set(races.map(({ variable }) => rootOf(variable)))].sort(), named(program.head, "races"), told(findings).join("\n"));
          for (const race of races) hasEvidence(race, program);
        }
      });
      if (!everywhere) {
        it(`${program.name}, as processes: every process has its own copy`, async () => {
          const { findings, outcome } = await run(program.file, "processes");
          assert.deepEqual(told(findings), []);
          assert.equal(outcome, "completed");
        });
      }
    }
  });

  describe("clean: nothing is found", () => {
    for (const program of programs("clean")) {
      for (const mode of MODES) {
        it(`${program.name}, as ${mode}`, async () => {
          const { findings, outcome } = await run(program.file, mode);
          assert.deepEqual(told(findings.filter(({ kind }) => kind !== "crash")), []);
          assert.equal(outcome, "completed");
        });
      }
    }
  });

  describe("deadlock: found, with what everybody waits for", () => {
    for (const program of programs("deadlock")) {
      for (const mode of MODES) {
        it(`${program.name}, as ${mode}`, async () => {
          const { findings, outcome, tasks } = await run(program.file, mode);
          assert.equal(outcome, "deadlocked");
          assert.deepEqual(findings.map(({ kind }) => kind), ["deadlock"]);
          const [{ cycle, tasks: involved }] = findings as [Finding];
          assert.deepEqual([...new Set(cycle?.map(({ waitsFor }) => waitsFor))].filter((name) => !/join|#/.test(name)).sort(), named(program.head, "waits"));
          for (const task of involved) assert.equal(tasks[task]?.state, "blocked");
        });
      }
    }
  });

  for (const kind of OTHER_KINDS) {
    describe(`${kind}: found, and nothing else`, () => {
      for (const program of programs(kind)) {
        for (const mode of /Modes: threads/.test(program.head) ? (["threads"] as const) : MODES) {
          it(`${program.name}, as ${mode}`, async () => {
            const { findings } = await run(program.file, mode);
            assert.deepEqual([...new Set(findings.map((finding) => finding.kind))], [kind], told(findings).join("\n"));
            for (const name of named(program.head, "finds")) assert.ok(findings.some((finding) => isAbout(finding, name)), `${name}: ${told(findings).join("\n")}`);
            for (const finding of findings) for (const { line, text } of finding.accesses ?? []) assert.ok(program.text.split("\n")[line - 1]?.includes(text));
          });
        }
      }
    });
  }
});

/** Whether a finding names a variable or a lock. */
function isAbout({ variable, cycle, message }: Finding, name: string): boolean {
  return rootOf(variable) === name || (cycle ?? []).some(({ waitsFor }) => waitsFor === name) || new RegExp(`\\b${name}\\b`).test(message);
}

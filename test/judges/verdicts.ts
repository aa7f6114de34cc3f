import assert from "node:assert/strict";
import type { Finding, Report } from "../../src/report/contract";
import type { Mode, Program } from "./program";

const rootOf = (variable: string | undefined): string => /^[^.[]*/.exec(variable ?? "")![0];
const told = (findings: readonly Finding[]): string => findings.map(({ kind, message }) => `${kind}: ${message}`).join("\n");
const unique = (words: readonly string[]): string[] => [...new Set(words)].sort();

/** Fails unless the report of a run in this mode says what the program's folder says, all of it and nothing else. */
export function judge(program: Program, mode: Mode, report: Report): void {
  const { verdict } = program;
  if (!program.modes.includes(mode)) {
    clean(program, report);
    return;
  }
  switch (verdict) {
    case "clean":
      clean(program, report);
      return;
    case "racy":
      racy(program, report);
      return;
    case "deadlock":
      deadlock(program, report);
      return;
    case "lost-update":
    case "atomicity-violation":
    case "lock-order":
    case "lock-misuse":
    case "lost-wakeup":
      nothingBut(verdict, program, report);
      return;
  }
}

/** A program may be about a task that crashes; that it does is no mistake of its synchronization. */
function besidesCrashes({ text }: Program, findings: readonly Finding[]): readonly Finding[] {
  return /\bthrow\b|process\.exit\(|\.kill\(/.test(text) ? findings.filter(({ kind }) => kind !== "crash") : findings;
}

function clean(program: Program, { findings, outcome }: Report): void {
  assert.equal(told(besidesCrashes(program, findings)), "");
  assert.equal(outcome, "completed");
}

function racy(program: Program, { findings, outcome }: Report): void {
  const races = findings.filter(({ kind }) => kind === "data-race");
  assert.deepEqual(unique(races.map(({ variable }) => rootOf(variable))), program.about, told(findings));
  assert.equal(told(besidesCrashes(program, findings.filter(({ kind }) => kind !== "data-race"))), "");
  for (const race of races) hasEvidence(race, program);
  assert.equal(outcome, "completed");
}

function deadlock(program: Program, { findings, outcome, tasks }: Report): void {
  assert.equal(outcome, "deadlocked", told(findings));
  assert.deepEqual(findings.map(({ kind }) => kind), ["deadlock"], told(findings));
  const [{ cycle, tasks: involved }] = findings as [Finding];
  assert.deepEqual(unique((cycle ?? []).map(({ waitsFor }) => waitsFor)).filter((name) => !/join|#/.test(name)), program.about, told(findings));
  for (const task of involved) assert.equal(tasks.find(({ id }) => id === task)?.state, "blocked");
}

function nothingBut(kind: Finding["kind"], program: Program, { findings }: Report): void {
  // A lost wakeup may be what a deadlock comes from, and a crash what leaves a lock behind: both are told.
  const too = kind === "lost-wakeup" ? "deadlock" : kind === "lock-misuse" ? "crash" : undefined;
  const kinds = findings.map((finding) => finding.kind).filter((found) => found !== too);
  assert.deepEqual(unique(kinds), [kind], told(findings));
  for (const name of program.about) assert.ok(findings.some((finding) => isAbout(finding, name)), `${name}: ${told(findings)}`);
  for (const { accesses } of findings) for (const access of accesses ?? []) standsThere(access, program);
}

/** Whether a finding names a variable or a lock. */
function isAbout({ variable, cycle, message }: Finding, name: string): boolean {
  return rootOf(variable) === name || (cycle ?? []).some(({ waitsFor }) => waitsFor === name) || new RegExp(`\\b${name}\\b`).test(message);
}

/** Both accesses with their places. */
function hasEvidence(finding: Finding, program: Program): void {
  const accesses = finding.accesses ?? [];
  assert.equal(accesses.length, 2);
  assert.ok(accesses.some(({ op }) => op !== "read"), "one of them writes");
  assert.ok(accesses.some(({ atomic }) => !atomic) || program.form === "plain", "one of them is not atomic");
  for (const { task } of accesses) assert.ok(finding.tasks.includes(task), `the tasks ${finding.tasks.join()} and not ${task}`);
  for (const access of accesses) {
    standsThere(access, program);
    const element = /^\w+\[\d+\]/.exec(access.text);
    if (element && program.form === "snippet") assert.equal(finding.variable, element[0]);
  }
}

/** What the report says stands there does stand there. */
function standsThere({ file, line, column, text }: NonNullable<Finding["accesses"]>[number], program: Program): void {
  assert.equal(file, program.file);
  const rest = program.text.split("\n").slice(line - 1).join("\n").slice(column - 1);
  assert.ok(text !== "" && rest.startsWith(text), `${line}:${column} is "${rest.slice(0, 20)}", not "${text}"`);
}

import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../src/report/contract";
import { Kind, readTrace } from "../../src/trace";
import { alive, outputOf, report, reportAtLimit, startCli, until } from "../cli/cli";
import { printed, sameAsInNode } from "./as-in-node";

const PROGRAMS = join(__dirname, "children");
const VERDICTS = join(__dirname, "verdicts");
/** Processes that leaves.cjs tells of. */
const LEFT = 10;

describe("programs that start processes do what they do in Node", function () {
  this.timeout(120_000);
  for (const file of readdirSync(PROGRAMS).filter((name) => /\.[cm]js$/.test(name))) {
    it(file, async () => {
      const found = await sameAsInNode(join(PROGRAMS, file));
      assert.ok(found.tasks.filter(({ id }) => id > 0).every(({ ended, state }) => ended !== null && state !== "blocked"), "a process did not end");
    });
  }
});

describe("processes of plain programs", function () {
  this.timeout(120_000);

  it("are tasks with their parent, memory, pid, output and end", async () => {
    const { report: found } = await report(join(VERDICTS, "family.cjs"), "threads");
    const [main, child, shell, killed, thrown] = found.tasks;
    assert.equal(found.tasks.length, 5);
    assert.deepEqual(
      found.tasks.map(({ kind, parent, state, name }) => [kind, parent, state, name]),
      [
        ["thread", null, "finished", "main"],
        ["process", 0, "finished", "family.cjs"],
        ["process", 0, "finished", "echo shell (not recorded)"],
        ["process", 0, "killed", "family.cjs 2"],
        ["process", 0, "crashed", "node"],
      ],
    );
    assert.equal(new Set(found.tasks.map(({ space }) => space)).size, 5);
    assert.equal(new Set(found.tasks.map(({ pid }) => pid)).size, 5);
    assert.equal(outputOf(found, child!.id), `child ${child!.pid}\n`);
    assert.equal(outputOf(found, shell!.id), "shell\n");
    assert.equal(outputOf(found, main!.id), "");
    assert.equal(outputOf(found, killed!.id), "");
    assert.match(thrown!.error ?? "", /thrown in a child/);
    assert.deepEqual(
      found.findings.map(({ kind, tasks }) => [kind, tasks]),
      [["crash", [4]]],
    );
  });

  it("are ordered by their start, their messages and their end", async () => {
    const path = join(tmpdir(), `cp-family-${process.pid}.cpt`);
    await report(join(VERDICTS, "family.cjs"), "threads", "--trace", path);
    const events: { task: number; kind: Kind; word1: number; seq: number; a: number }[] = [];
    const problems = readTrace(readFileSync(path), {
      access: () => undefined,
      sync: (task, kind, _site, word1, _time, seq, a) => void events.push({ task, kind, word1, seq, a }),
    });
    rmSync(path);
    assert.deepEqual(problems, []);
    const numbers = events.map(({ seq }) => seq).filter((seq) => seq > 0).sort((x, y) => x - y);
    assert.equal(new Set(numbers).size, numbers.length, "a number was given twice");
    const one = (kind: Kind, task: number, word1?: number): { seq: number; a: number; word1: number } => {
      const found = events.filter((event) => event.kind === kind && event.task === task && (word1 === undefined || event.word1 === word1));
      assert.equal(found.length, 1, `${Kind[kind]} of ${task}`);
      return found[0]!;
    };
    const sent = one(Kind.Send, 0);
    const received = one(Kind.Receive, 1);
    const answer = one(Kind.Send, 1);
    const answered = one(Kind.Receive, 0);
    assert.equal(sent.word1, received.word1);
    assert.equal(answer.word1, answered.word1);
    assert.notEqual(sent.word1, answer.word1);
    const end = one(Kind.TaskEnd, 1);
    const joined = one(Kind.Join, 0, 1);
    assert.equal(joined.a, end.seq);
    const order = [one(Kind.Spawn, 0, 1), one(Kind.TaskStart, 1), received, answer, end, joined].map(({ seq }) => seq);
    assert.deepEqual(order, [...order].sort((x, y) => x - y));
    assert.ok(sent.seq < received.seq && answer.seq < answered.seq);
  });

  for (const [how, more] of [
    ["at the time limit", []],
    ["at the time limit, when the program itself has ended", ["--", "exit"]],
  ] as const) {
    it(`all end ${how}`, async () => {
      const pidsOf = (found: Report): number[] => printed(found).match(/\d+/g)?.map(Number) ?? [];
      const { report: found } = await reportAtLimit(join(VERDICTS, "leaves.cjs"), "threads", (told) => pidsOf(told).length >= LEFT, ...more);
      assert.equal(found.outcome, "timed-out");
      const pids = pidsOf(found);
      assert.ok(pids.length >= LEFT, printed(found));
      await until(() => !pids.some(alive), `processes ${pids.join()} to end`);
    });
  }

  it("all end when the run itself is killed", async () => {
    const { child, ended } = startCli(["run", join(VERDICTS, "leaves.cjs")]);
    let text = "";
    child.stdout!.on("data", (piece: string) => (text += piece));
    const pids = (): number[] => text.match(/\b\d{2,}\b/g)?.map(Number) ?? [];
    await until(() => pids().length >= LEFT, "all to be started");
    child.kill("SIGKILL");
    await ended;
    await until(() => !pids().some(alive), `processes ${pids().join()} to end`);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveAnalysis, memoryAt, type AnalysisFinding } from "../../../src/analysis";
import { ELEMENT_TYPES, ElementType } from "../../../src/runtime/memory/element-types";
import { createRecorder } from "../../../src/runtime/recorder";
import { Memo, UpdateMemo } from "../../../src/runtime/recorder/memos";
import { Kind, Trace, isWrite, readTrace } from "../../../src/trace";
import { shuffle } from "../../support/arrival";
import { MUTEXES, execute, program, type Program, type Statement } from "./program";

interface Access {
  readonly kind: Kind;
  readonly site: number;
  readonly address: number;
  /** A read and a write, as of `a[i]++`. */
  readonly update?: true;
}

/** Numbers from a seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function place(next: (below: number) => number): { kind: Kind; site: number } {
  const site = 50 + next(4);
  return { kind: site & 1 ? Kind.Write8 : Kind.Read8, site };
}

/** Of the sweeps that a task makes between two synchronization events, few are the same in all: sites, kinds, where they begin, how they go. */
function sweeps(next: (below: number) => number): Access[] {
  if (next(8) > 0) return [];
  const round = Array.from({ length: 1 + next(3) }, () => ({ ...place(next), first: 4096 + 8 * next(12), stride: [8, 8, 16, 24, -8, 0][next(6)]! }));
  const length = 20 + next(40);
  const made: Access[] = [];
  for (let pass = next(3); pass >= 0; pass--) {
    const begin = next(3) === 0 ? next(length) : 0;
    const end = next(3) === 0 ? next(length) : length;
    for (let i = begin; i < end; i++) {
      for (const { kind, site, first, stride } of round) made.push({ kind, site, address: first + stride * i });
      if (next(60) === 0) made.push({ ...place(next), address: 4096 + 8 * next(100) });
    }
  }
  return made;
}

/** Loops that update elements: mostly the same one, or two in turn; also those that the task reads and writes otherwise; or many, one after another, of which some are made in two steps and some only read. */
function updates(next: (below: number) => number, run: readonly Access[]): Access[] {
  if (next(3) > 0) return [];
  const elements = Array.from({ length: 1 + next(2) }, () => (run.length > 0 && next(3) > 0 ? run[next(run.length)]!.address : 4096 + 8 * next(12)));
  const site = 60 + next(2);
  if (next(4) === 0) {
    const stride = 8 * next(2);
    const passes = 1 + next(3);
    return Array.from({ length: passes }, () => Array.from({ length: 40 + next(300) }, (_, i) => i)).flat().flatMap((i): Access[] => {
      const address = elements[0]! + stride * i;
      if (next(120) > 0) return [{ kind: Kind.Write8, site, address, update: true }];
      const read = { kind: Kind.Read8, site, address };
      return next(2) === 0 ? [read] : [read, { kind: Kind.Write8, site, address: next(2) === 0 ? address : address - stride }];
    });
  }
  return Array.from({ length: 1 + next(12) }, (_, i) => ({ kind: Kind.Write8, site, address: elements[next(8) === 0 ? 0 : i % elements.length]!, update: true as const }));
}

/**
 * A task's chunks once more, by a recorder with a limit; what it did between two synchronization events it now does several times
 * over, in any order, with values that often agree.
 */
function record(task: number, chunks: readonly Uint8Array[], seed: number, limit: number): Uint8Array[] {
  const next = numbers(seed + task);
  const recorded: Uint8Array[] = [];
  const recorder = createRecorder({ task, sink: { write: (chunk) => void recorded.push(chunk.slice()) }, runStart: process.hrtime.bigint(), limit, filterEntries: 4 << next(5) });
  // What variables keep; some are reached in other ways, too.
  const memos = new Map([64, 72].flatMap((address) => [0, 1].map((write) => [address * 2 + write, new Memo()])));
  const updateMemos = new Map([60, 61].map((site) => [site, new UpdateMemo()]));
  let run: Access[] = [];
  const loop = (): void => {
    const made = [...run, ...updates(next, run), ...sweeps(next), ...updates(next, run), ...(run.length === 0 ? [] : Array.from({ length: next(3) * next(20) }, () => run[next(run.length)]!))];
    for (let at = 0; at < made.length; at++) {
      const { kind, site, address, update } = made[at]!;
      recorder.site = site;
      if (update) {
        recorder.updateAgain(updateMemos.get(site)!, ELEMENT_TYPES[ElementType.Float64]!, address, next(3), next(3));
        continue;
      }
      let length = 1;
      while (made[at + length]?.kind === kind && !made[at + length]!.update && made[at + length]!.site === site && made[at + length]!.address === address + 8 * length) length++;
      // As methods of typed arrays tell it.
      if (length > 4 && next(2) === 0) {
        const { buffer } = Float64Array.from({ length }, () => next(3));
        recorder.accessRun(kind, address, { type: ELEMENT_TYPES[ElementType.Float64]!, buffer, byteOffset: 0, count: length });
        at += length - 1;
        continue;
      }
      const memo = memos.get(address * 2 + (isWrite(kind) ? 1 : 0));
      if (memo && next(5) > 0) recorder.accessAgain(memo, kind, address, next(3));
      else recorder.access(kind, address, next(3));
    }
    run = [];
  };
  for (const chunk of chunks) {
    readTrace(chunk, {
      access: (_task, kind, site, address) => void run.push({ kind, site, address }),
      init: (_task, address, value) => recorder.init(address, value),
      sync(_task, kind, site, word1, _time, seq, a, b, c, d) {
        loop();
        recorder.site = site;
        recorder.sync(kind, word1, seq, a, b, c, d);
        if (next(4) === 0) recorder.flush();
      },
    });
  }
  loop();
  recorder.close();
  return recorded;
}

/** Without what depends on which of several like accesses is shown, and without proofs of harm, which need every access. */
function told(finding: AnalysisFinding): unknown {
  switch (finding.kind) {
    case "data-race":
      return [finding.kind, finding.variable, finding.tasks, finding.accesses.map(({ site, op }) => `${site} ${op}`).sort()];
    case "lost-update":
      return [finding.kind, finding.variable, finding.tasks, finding.proof, finding.accesses.map(({ site, op, value }) => ({ site, op, value }))];
    default:
      return [finding.kind, "tasks" in finding ? finding.tasks : undefined];
  }
}

function verdict(chunks: readonly Uint8Array[]): { findings: unknown[]; slots: unknown[]; lost: number } {
  const analysis = new LiveAnalysis();
  for (const chunk of chunks) analysis.push(chunk);
  analysis.end();
  assert.deepEqual(analysis.problems, []);
  const findings = analysis.findings();
  const racy = new Set(findings.map((finding) => (finding.kind === "data-race" ? finding.address : -1)));
  const slots = [...analysis.slots()].map(({ address, reads, writes, guard, value }) => ({ address, reads, writes, guard, value: racy.has(address) ? "any" : value }));
  return {
    findings: findings.map(told).sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1)),
    slots: slots.sort((x, y) => x.address - y.address),
    lost: findings.filter(({ kind }) => kind === "lost-update").length,
  };
}

/** Programs that lock every access, and may yet overwrite what they have not seen. */
const locked: fc.Arbitrary<Program> = fc
  .tuple(fc.array(body(), { minLength: 2, maxLength: 3 }), fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }))
  .map(([bodies, schedule]) => ({ tasks: [bodies.map((_, i): Statement => ({ op: "spawn", task: i + 1 })), ...bodies], schedule }));

function body(): fc.Arbitrary<Statement[]> {
  const access = fc.record({ op: fc.constantFrom("read" as const, "write" as const), slot: fc.constantFrom(64, 72) });
  const [mutex] = MUTEXES;
  const block = fc.array(access, { minLength: 1, maxLength: 3 }).map((inside): Statement[] => [{ op: "lock", mutex: mutex! }, ...inside, { op: "unlock", mutex: mutex! }]);
  return fc.array(block, { minLength: 2, maxLength: 4 }).map((blocks) => blocks.flat());
}

const runs = Number(process.env["PROPERTY_RUNS"] ?? 1000);

describe("programs that repeat themselves, recorded past their limit", function () {
  this.timeout(300_000);

  it("are judged and counted as if everything had been kept", () => {
    let lost = 0;
    let dropped = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 1, arbitrary: program }, { weight: 3, arbitrary: locked }), fc.nat(1_000_000), fc.array(fc.nat(100), { minLength: 8, maxLength: 8 }), (source, seed, choices) => {
        const [facts, ...tasks] = execute(source).builder.byTask();
        const ids = tasks.map((chunks) => (chunks.length === 0 ? 0 : new DataView(chunks[0]!.buffer).getUint32(4, true)));
        const as = (limit: number): Uint8Array[] => shuffle([facts!, ...tasks.map((chunks, i) => record(ids[i]!, chunks, seed, limit))], choices);
        // Time stands still: or else chunks would end here and there, and arrive in other orders.
        const { now } = performance;
        performance.now = () => 0;
        let full: Uint8Array[];
        let filtered: Uint8Array[];
        try {
          full = as(Infinity);
          filtered = as(0);
        } finally {
          performance.now = now;
        }
        const expected = verdict(full);
        lost += expected.lost;
        assert.deepEqual(verdict(filtered), expected);
        const whole = Trace.from(Buffer.concat(full));
        const kept = Trace.from(Buffer.concat(filtered));
        const counts = (trace: Trace): unknown => memoryAt(trace, Infinity).spaces.map(({ variables }) => variables.map(({ reads, writes, name }) => ({ reads, writes, name })));
        assert.deepEqual(counts(kept), counts(whole), "the panel's memory");
        for (const [id, { events, dropped: left }] of kept.tasks) {
          dropped += left;
          assert.equal(events.length + left, whole.task(id).events.length, "events drawn and not drawn");
        }
      }),
      { numRuns: runs },
    );
    assert.ok(lost > runs / 250, `only ${lost} lost updates: the property says little`);
    assert.ok(dropped > runs, `only ${dropped} accesses were not kept`);
  });
});

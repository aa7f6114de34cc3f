import assert from "node:assert/strict";
import { Snippets, outputOf, report } from "./cli";

describe("functions that are spawned from wherever they come", () => {
  let snippets: Snippets;
  before(() => (snippets = new Snippets()));
  after(() => snippets.dispose());

  it("methods, arrays, objects, parameters, spawn as a value, a kind chosen when it runs", async () => {
    const file = snippets.write(`class Bank { static audit(n: number) { return n * 2; } }
const jobs = { first: () => "one", second() { return "two"; } };
const kind = process.argv.length > 99 ? Thread : Process;
function parallel<T>(n: number, body: (i: number) => T) { return Array.from({ length: n }, (_, i) => spawn(body, i)).map((t) => t.join()); }
function seven(start: typeof spawn) { return start(function lucky() { return 7; }).join(); }
const factor = 10;
const named = spawn(jobs.second);
console.log(spawn(Bank.audit, 2).join(), named.name, named.join());
console.log(parallel(3, (i) => i * factor).join());
for (const job of Object.values(jobs)) console.log(job.name, spawn(job).join());
console.log(kind.spawn(() => self().kind).join(), seven(spawn));`);
    for (const mode of ["threads", "processes"] as const) {
      const { report: told } = await report(file, mode);
      assert.equal(outputOf(told, 0), "4 second two\n0,10,20\nfirst one\nsecond two\nprocess 7\n");
    }
  });

  it("functions of namespaces, also of namespaces in them, directly and from an array", async () => {
    const file = snippets.write(`namespace Work { export let total = shared(0); export const factor = 10;
  export function job(n: number) { total += n; return n * factor + own(); } function own() { return 1; }
  export namespace Deep { export const deeper = (text: string) => "deep " + text; } export async function later() { return factor; } }
namespace Work { export function more() { return job(1); } }
const task = spawn(Work.job, 4);
console.log(task.name, task.join(), spawn(Work.Deep.deeper, "x").join(), spawn(Work.later).join(), spawn(Work.more).join());
for (const job of [Work.job, Work.more]) console.log(spawn(job, 2).join());
console.log(Work.total);`);
    for (const mode of ["threads", "processes"] as const) {
      const { report: told } = await report(file, mode);
      assert.equal(outputOf(told, 0), `job 41 deep x 10 11\n21\n11\n${mode === "threads" ? 8 : 0}\n`);
    }
  });

  it("what cannot start elsewhere is told as such, by its name", async () => {
    const file = snippets.write(`const fns: unknown[] = [Math.max, 5, undefined];
function local() { let n = 0; const count = () => ++n; fns.push(count); }
local();
for (const fn of fns) try { spawn(fn as () => void); } catch (error) { console.log((error as Error).message.split(":")[0]); }`);
    const { report: told } = await report(file, "threads");
    const cannot = (name: string): string => `${name} can't be started in another task\n`;
    assert.equal(outputOf(told, 0), `${cannot("max")}spawn needs a function, not a number\nspawn needs a function, not undefined\n${cannot("count")}`);
  });
});
